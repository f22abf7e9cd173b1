import type { CountryCode } from 'libphonenumber-js/core';
import { keypadDigits, plainText, rejectSpecial } from './cell-text';
import { ColumnEvidence, type ColumnReading } from './column-reading';
import type { KnownNumber } from './e164';
import type { RejectReason } from './reject-reasons';
import { digitsOf, readSpelling, type Spelling } from './spelling';
import { isList, type NumberText, splitNumbers } from './split-numbers';

export interface ParsedPhone {
  /** E.164 (ITU-T). */
  phone: string;
  extension?: string;
}

export type PhoneCell =
  | { ok: true; phone: string; extension?: string; alternatePhones: ParsedPhone[] }
  | { ok: false; reason: RejectReason };

/** Numbers that are left out unless somebody wants them. */
export type LeftOut = 'fax' | 'premium';

/** A number of a cell as it is spelled; which it is may depend on the column. */
interface SpelledNumber {
  readonly spelling: Spelling;
  readonly extension: string | undefined;
  readonly isFax: boolean;
}

/** A cell before its column is known: the numbers it may hold, or why it holds none. */
export type SpelledCell = readonly SpelledNumber[] | RejectReason;

export interface Choice {
  readonly reading: ColumnReading;
  /** What is taken besides, although it is left out otherwise. */
  readonly also?: readonly LeftOut[];
}

const MAX_NUMBERS = 10;
/** Most cells: digits and punctuation of one number. */
const SIMPLE = /^[+(]?\d[\d ().-]{5,24}$/;
const SCIENTIFIC = /^\+?(\d)(?:[.,](\d*))?e\+?(\d{1,2})$/i;
const EXTENSION =
  /\s*(?:[,;]\s*)?\(?(?:;ext=|(?<![\p{L}\d])(?:extension|extn?|int|interno|poste|durchwahl|dw|anexo|ramal|toestel|wew|вн|доб)\b\.?|(?:доб|вн)\.?|(?<=[\d\s)])x|#)\s*[:.=]?\s*(\d{1,7})\)?$/iu;

/**
 * Numbers in a cell as E.164: the first valid one, and the others. Understands national and international
 * spellings, `00`, extensions, scientific notation, foreign and full-width digits, `="…"` and labels.
 * @param country where a number without country code belongs
 * @param choice how the cell's column is read; else as a column that holds nothing else
 */
export function parsePhoneCell(cell: string, country: CountryCode, choice?: Choice): PhoneCell {
  const spelled = spellCell(cell, country);
  return chooseNumbers(spelled, choice ?? { reading: readingOf([spelled]) });
}

/** How a column is read, by what its cells can be. */
export function readingOf(cells: Iterable<SpelledCell>): ColumnReading {
  const evidence = new ColumnEvidence();
  for (const cell of cells)
    if (typeof cell !== 'string') for (const { spelling } of cell) evidence.add(spelling);
  return evidence.decide();
}

/** What a cell may hold, whatever the column says. */
export function spellCell(cell: string, country: CountryCode): SpelledCell {
  if (SIMPLE.test(cell) && !/ {2}|\d\s\(\d{3,}\)|^\d{7,} \d{7,}/.test(cell)) {
    const spelling = readSpelling(cell, country);
    if (spelling.kind !== 'none') return [{ spelling, extension: undefined, isFax: false }];
  }
  const text = plainText(cell);
  const special = rejectSpecial(text);
  if (special) return special;
  const scientific = SCIENTIFIC.exec(text);
  if (scientific) return spellScientific(scientific, country);
  const parts = splitNumbers(text);
  const whole = isList(text) && mayBeOneNumber(text) ? spellOne({ text, isFax: false }, country) : null;
  if (whole !== null && typeof whole !== 'string' && whole.spelling.kind !== 'none') return [whole];
  const numbers = parts.slice(0, MAX_NUMBERS).map((part) => spellOne(part, country));
  const known = numbers.filter((one) => typeof one !== 'string' && one.spelling.kind !== 'none');
  if (known.length > 0) return known as SpelledNumber[];
  return reasonOf(whole) ?? reasonOf(numbers[0] ?? null) ?? 'letters';
}

/** What a cell holds, now that it is known how its column is read. */
export function chooseNumbers(cell: SpelledCell, { reading, also = [] }: Choice): PhoneCell {
  if (typeof cell === 'string') return { ok: false, reason: cell };
  let reason: RejectReason | null = null;
  const found: ParsedPhone[] = [];
  for (const { spelling, extension, isFax } of cell) {
    const number = chosen(spelling, reading);
    const refused = typeof number === 'string' ? number : leftOut(number, isFax, also);
    if (typeof number === 'string' || refused) reason ??= refused;
    else if (!found.some(({ phone }) => phone === number.phone))
      found.push(extension ? { phone: number.phone, extension } : { phone: number.phone });
  }
  const [main, ...alternatePhones] = found;
  return main ? { ok: true, ...main, alternatePhones } : { ok: false, reason: reason ?? 'letters' };
}

function chosen(spelling: Spelling, reading: ColumnReading): KnownNumber | RejectReason {
  if (spelling.kind === 'none') return spelling.reason;
  if (spelling.kind === 'sure') return spelling.number;
  const { home, abroad, isOwnCode, trunk, reason } = spelling;
  if (!home) return abroad && (isOwnCode || reading === 'abroad') ? abroad : reason;
  if (!abroad || home.phone === abroad.phone) return home;
  if (reading === 'abroad') return abroad;
  return reading === 'home' || (!isOwnCode && trunk !== 'missing') ? home : reason;
}

function leftOut({ type }: KnownNumber, isFax: boolean, also: readonly LeftOut[]): RejectReason | null {
  if (isFax && !also.includes('fax')) return 'fax';
  return type === 'premium' && !also.includes('premium') ? 'premium' : null;
}

/** `030/1234567` and `12,025,550,101` are one number; of `202-555-0123/4` the end is a second one's. */
function mayBeOneNumber(text: string): boolean {
  const groups = text.split(/[,/]/).map((group) => digitsOf(group).length);
  const [first = 0, last = 0] = [groups[0], groups.at(-1)];
  return /^[+(]?\d[\d\s()./,-]*$/.test(text) && first <= 6 && (groups.length > 2 || last >= 3);
}

function reasonOf(one: SpelledNumber | RejectReason | null): RejectReason | null {
  if (one === null || typeof one === 'string') return one;
  return one.spelling.kind === 'none' ? one.spelling.reason : null;
}

function spellOne({ text: raw, isFax }: NumberText, country: CountryCode): SpelledNumber | RejectReason {
  const extension = EXTENSION.exec(raw);
  const text = (extension ? raw.slice(0, extension.index) : raw)
    .replace(/^[\s:.-]+/, '')
    .replace(/\(\s*\)/g, '')
    .replace(/^(\d+)\.0+$/, '$1')
    .trim();
  if (!/\d/.test(text)) return text === '' ? 'no-phone' : 'letters';
  const dialed = keypadDigits(text) ?? text;
  if (/[^\d\s()+./,*'#:-]/.test(dialed)) return 'letters';
  return { spelling: readSpelling(dialed, country), extension: extension?.[1], isFax };
}

/** `1.2025550101E+10` is exact and restored; from `1.20256E+10` five digits are gone for good. */
function spellScientific(match: RegExpExecArray, country: CountryCode): SpelledCell {
  const [, lead = '', decimals = '', exponent = ''] = match;
  if (decimals.length !== Number(exponent)) return 'digits-lost';
  const spelling = readSpelling(lead + decimals, country);
  return spelling.kind === 'none' ? spelling.reason : [{ spelling, extension: undefined, isFax: false }];
}
