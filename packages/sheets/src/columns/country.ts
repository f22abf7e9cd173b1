import { nationalNumber } from '../numbers/e164';
import { COUNTRIES, type CountryCode, planOf } from '../numbers/plan';
import { digitsOf } from '../numbers/spelling';
import byLanguage from '../words/countries.json';
import { languagesOf, wordsOf } from '../words/titles';
import type { Sample, SampledColumn } from './sample';

/** A country whose numbers these may be, with the share (0 to 1) of those without a country code that are in use there. */
export interface CountryFit {
  country: CountryCode;
  share: number;
}

export interface CountryGuess {
  country: CountryCode;
  /** Whether it is another one than the organization's because that does not fit. */
  isFound: boolean;
  /** The country taken and those that fit best, for somebody to choose from; empty where every number has its code. */
  fits: CountryFit[];
}

const MOST_NUMBERS = 60;
const LEAST_DIGITS = 6;
/** So many of the numbers fit the organization's country at least, or others are tried. */
const FITS = 0.7;
/** And so many a country that is to take its place. */
const FITS_WELL = 0.75;
const AS_GOOD = 0.1;
const CHOICES = 3;
const TLD = /@[\w.-]+\.([a-z]{2})$/i;

/** The country numbers without a country code belong to: the organization's, unless they are plainly of another. */
export function guessCountry(
  sample: Sample,
  phones: readonly SampledColumn[],
  own: CountryCode,
): CountryGuess {
  const numbers = phones.flatMap(({ values }) => values.flatMap(nationalDigits)).slice(0, MOST_NUMBERS);
  if (numbers.length === 0) return { country: own, isFound: false, fits: [] };
  const shareIn = (country: CountryCode) =>
    numbers.filter((digits) => nationalNumber(digits, country) !== null).length / numbers.length;
  const ownFit = { country: own, share: shareIn(own) };
  if (ownFit.share >= FITS) return { country: own, isFound: false, fits: [ownFit] };
  const hints = hintsOf(sample);
  const fits = COUNTRIES.map((country) => ({ country, share: shareIn(country) }))
    .filter(({ share }) => share >= FITS_WELL && share > ownFit.share + AS_GOOD)
    .sort((a, b) => rank(b) - rank(a));
  const [best, next] = fits;
  if (!best) return { country: own, isFound: false, fits: [ownFit] };
  const isClear =
    hints.has(best.country) ||
    !next ||
    planOf(next.country).callingCode === planOf(best.country).callingCode ||
    next.share < best.share - 0.25;
  const shown = [ownFit, ...fits.slice(0, CHOICES)];
  return isClear
    ? { country: best.country, isFound: true, fits: shown }
    : { country: own, isFound: false, fits: shown };

  function rank({ country, share }: CountryFit): number {
    return Math.round(share / AS_GOOD) + (hints.get(country) ?? 0);
  }
}

/** Digits of a number written as at home, with the prefix of calls inside the country or without. */
function nationalDigits(value: string): string[] {
  const digits = digitsOf(value);
  const isNational = digits.length >= LEAST_DIGITS && digits.length <= 13 && !/^\s*(\+|00)/.test(value);
  return isNational && !/[\p{L}@]/u.test(value) ? [digits] : [];
}

/** Countries that the sheet speaks of, each with how much that weighs. */
function hintsOf({ rows, columns }: Sample): Map<CountryCode, number> {
  const hints = new Map<CountryCode, number>();
  const hint = (country: string, weight: number) => {
    const code = country.toUpperCase() as CountryCode;
    hints.set(code, Math.max(hints.get(code) ?? 0, weight));
  };
  for (const { title } of columns)
    for (const word of wordsOf(title)) {
      const languages = [...languagesOf(word)];
      if (languages.length > 2 || languages.includes('en')) continue;
      for (const language of languages)
        byLanguage[language].split(' ').forEach((country, place) => {
          hint(country, 2 - place / 20);
        });
    }
  for (const { cells } of rows)
    for (const cell of cells) {
      const tld = TLD.exec(cell)?.[1];
      if (tld) hint(tld === 'uk' ? 'GB' : tld, 3);
      const named = cell.length <= 40 && countryNames().get(cell.toLowerCase());
      if (named) hint(named, 4);
    }
  return hints;
}

let names: Map<string, CountryCode> | null = null;

/** Names of countries in English and in their own language. */
function countryNames(): Map<string, CountryCode> {
  if (names) return names;
  names = new Map();
  for (const country of COUNTRIES) {
    const locale = new Intl.Locale('und', { region: country }).maximize();
    for (const language of ['en', locale.language]) {
      const name = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' }).of(country);
      if (name) names.set(name.toLowerCase(), country);
    }
  }
  return names;
}
