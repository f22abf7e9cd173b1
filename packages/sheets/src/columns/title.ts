import { type Meaning, meansOf, wordsOf } from '../words/titles';

export interface TitleMeaning {
  phone: boolean;
  /** A phone column nobody asked for: fax numbers, an assistant's number, digits that are something else. */
  notPhone: boolean;
  /** A number that was given up. */
  old: boolean;
  /** Area codes that stand apart from their numbers. */
  area: boolean;
  person: 'first' | 'last' | 'full' | null;
  /** A name under this title is not a person's: a company, a product. */
  notPerson: boolean;
}

/** Examples and remarks in a title: `Phone (e.g. +1 202 555 0123)`. */
const ASIDE = /\([^)]*(?:\d|e\.\s?g)[^)]*\)|(?:e\.\s?g\.|z\.\s?B\.|p\.\s?ex\.|ej\.).*$/giu;
const MOST_WORDS = 5;

/** A title without its examples. */
export function plainTitle(title: string): string {
  const plain = title.replace(ASIDE, ' ').trim();
  return plain === '' ? title : plain;
}

/** Whether every word of a cell is one that column titles are made of. */
export function isKnownTitle(title: string): boolean {
  const words = wordsOf(plainTitle(title));
  return words.length > 0 && words.length <= MOST_WORDS && words.every((word) => meansOf(word).size > 0);
}

/** What a column's title says about the column. */
export function titleMeaning(title: string): TitleMeaning {
  const words = wordsOf(plainTitle(title)).map(meansOf);
  const any = (...meanings: Meaning[]) =>
    words.some((means) => meanings.some((meaning) => means.has(meaning)));
  const phone = any('phone', 'mobile');
  const notPerson =
    any('nobody', 'company', 'phone', 'mobile', 'fax') || (any('digits') && !any('first', 'last'));
  const [first, last] = [any('first'), any('last')];
  return {
    phone,
    notPhone: any('fax', 'stranger') || (any('digits', 'name') && !phone),
    old: any('old'),
    area: any('area') && !any('digits'),
    person: notPerson
      ? null
      : first && last
        ? 'full'
        : last
          ? 'last'
          : first
            ? 'first'
            : any('name')
              ? 'full'
              : null,
    notPerson,
  };
}
