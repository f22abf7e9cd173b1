import type { CountryCode } from 'libphonenumber-js/max';
// "max" knows every country's number plan, "min" little more than lengths. The plan tells a phone column
// from an id column and refuses unassigned numbers before they cost a dial; it runs in a worker or on the
// server, so its 145 kB never delay a page. Fictitious numbers such as +1 202 555 0123 are valid in it.
import {
  isSupportedCountry,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { cleanCell, cut, toAscii } from './characters';

export type { CountryCode };
export { isSupportedCountry };

export const REJECT_REASONS = {
  'no-phone': 'The phone cell is empty.',
  letters: 'The phone cell holds words, not a number.',
  formula: 'The phone cell holds a formula. Paste its value instead.',
  'spreadsheet-error': 'The phone cell holds a spreadsheet error.',
  'digits-lost':
    'The spreadsheet shortened this number (1.2E+10), its last digits are lost. Format the column as text and enter it again.',
  'too-short': 'The number has too few digits.',
  'too-long': 'The number has too many digits.',
  'unknown-country': 'No country has this country code.',
  'invalid-number': 'No such number is in use in its country.',
} as const satisfies Record<string, string>;

/** Why a row cannot be dialed; stable. */
export type RejectReason = keyof typeof REJECT_REASONS;

export interface ParsedPhone {
  /** E.164 (ITU-T). */
  phone: string;
  extension?: string;
}

export type PhoneCell =
  | { ok: true; phone: string; extension?: string; alternatePhones: ParsedPhone[] }
  | { ok: false; reason: RejectReason };

type PhoneResult = { ok: true; value: ParsedPhone } | { ok: false; reason: RejectReason };

/** What of a cell is looked at, in characters: ten numbers fit, and no text makes the patterns slow. */
const MAX_PHONE_CELL = 250;

const SCIENTIFIC = /^\+?(\d)(?:[.,](\d*))?e\+?(\d{1,2})$/i;
const EXTENSION =
  /\s*(?:[,;]\s*)?(?:;ext=|\b(?:extension|extn?|int|poste|durchwahl|anexo|ramal|toestel)\b\.?|доб\.?|(?<=[\d\s)])x|#)\s*[:.]?\s*(\d{1,7})$/iu;
/** Words people put beside a number. */
const KIND =
  /\b(?:telephone|telefono|telefon|tel[eé]fono|phone|tel|ph|mobile|mobil|mob|movil|m[oó]vil|cell|cel|handy|home|work|office|main|direct|whatsapp|fax)\b[.:]?/giu;
const SEPARATOR = /\s*(?:[;|\n]|,|\/+|&|\s(?:or|and|oder|und|ou|et|o|y|e)\s)\s*/iu;

/**
 * Numbers in a cell as E.164: the first valid one, and the others. Understands national and international
 * spellings, `00`, extensions, scientific notation, foreign and full-width digits, `="…"` and labels.
 * @param country where a number without country code belongs
 */
export function parsePhoneCell(cell: string, country: CountryCode): PhoneCell {
  const text = unwrap(toAscii(cleanCell(cut(cell, MAX_PHONE_CELL))));
  if (text === '') return { ok: false, reason: 'no-phone' };
  const special = rejectSpecial(text);
  if (special) return { ok: false, reason: special };

  const whole = parseOne(text, country);
  if (whole.ok && !hasSecondNumber(text, country)) return { ...whole.value, ok: true, alternatePhones: [] };

  const [main, ...others] = validParts(text, country);
  if (main) return { ...main, ok: true, alternatePhones: others };
  return whole.ok ? { ...whole.value, ok: true, alternatePhones: [] } : whole;
}

/** Removes what surrounds a number: `'2025550101`, `="2025550101"`, `tel:`, quotes. */
function unwrap(text: string): string {
  return text
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^['"]+|['"]+$/g, '')
    .replace(/^(?:tel|callto|sip):\s*(?=[+\d(])/i, '')
    .trim();
}

function rejectSpecial(text: string): RejectReason | null {
  if (text.startsWith('=') || /^[+@-]\s*[a-z]+\w*\s*[(!]/i.test(text)) return 'formula';
  if (/^#(n\/a|ref!|value!|name\?|num!|null!|div\/0!|error!|spill!|calc!|#+$)/i.test(text))
    return 'spreadsheet-error';
  return null;
}

/** Whether a cell that reads as one number (`030/1234567`) rather holds two. */
function hasSecondNumber(text: string, country: CountryCode): boolean {
  if (!SEPARATOR.test(text)) return false;
  const parts = splitNumbers(text);
  return parts.length > 1 && digitsOf(parts[0] ?? '').length > 5 && validParts(text, country).length > 1;
}

function validParts(text: string, country: CountryCode): ParsedPhone[] {
  const found: ParsedPhone[] = [];
  for (const part of splitNumbers(text).slice(0, 10)) {
    const parsed = parseOne(part, country);
    if (parsed.ok && !found.some(({ phone }) => phone === parsed.value.phone)) found.push(parsed.value);
  }
  return found;
}

function splitNumbers(text: string): string[] {
  const joined = text.replace(/[;,]\s*(?=ext|x\s*\d)/gi, ' ');
  const parts = joined.split(SEPARATOR).filter((part) => /\d/.test(part));
  if (parts.length !== 1) return parts;
  // "2025550101 2025550102": cut at spaces only where every piece is long enough to be a number
  const pieces = joined.split(/\s+/);
  return pieces.every((piece) => digitsOf(piece).length >= 7) ? pieces : parts;
}

function parseOne(raw: string, country: CountryCode): PhoneResult {
  const scientific = SCIENTIFIC.exec(raw.trim());
  if (scientific) return parseScientific(scientific, country);
  let text = raw
    .replace(KIND, ' ')
    .replace(/^[\s:.-]+/, '')
    .trim();
  const extension = EXTENSION.exec(text);
  if (extension) text = text.slice(0, extension.index).trim();
  text = text
    .replace(/\(\s*\)/g, '')
    .replace(/^(\d+)\.0+$/, '$1')
    .trim();
  if (!/\d/.test(text)) return { ok: false, reason: text === '' ? 'no-phone' : 'letters' };
  if (/[^\d\s()+./,*'#-]/.test(text)) return { ok: false, reason: 'letters' };
  return parseDigits(text, country, extension?.[1]);
}

/** `1.2025550101E+10` is exact and restored; from `1.20256E+10` five digits are gone for good. */
function parseScientific(match: RegExpExecArray, country: CountryCode): PhoneResult {
  const [, lead = '', decimals = '', exponent = ''] = match;
  if (decimals.length !== Number(exponent)) return { ok: false, reason: 'digits-lost' };
  return parseDigits(lead + decimals, country, undefined);
}

function parseDigits(text: string, country: CountryCode, extension: string | undefined): PhoneResult {
  const digits = digitsOf(text);
  const international = /^[\s(]*\+/.test(text)
    ? `+${digitsOf(text.replace(/\(0\)/, ''))}`
    : /^00[1-9]/.test(digits)
      ? `+${digits.slice(2)}`
      : null;
  const spelled = international ?? digits;
  const number = validNumber(spelled, country) ?? (international ? null : withMissingPlus(digits, country));
  if (number) return { ok: true, value: extension ? { phone: number, extension } : { phone: number } };
  return { ok: false, reason: invalidReason(spelled, country) };
}

/** A number cell cannot hold a plus: eleven digits and more may be international without it. */
function withMissingPlus(digits: string, country: CountryCode): string | null {
  return digits.length >= 11 && !digits.startsWith('0') ? validNumber(`+${digits}`, country) : null;
}

function validNumber(spelled: string, country: CountryCode): string | null {
  const parsed = parsePhoneNumberFromString(spelled, { defaultCountry: country, extract: false });
  return parsed?.isValid() ? parsed.number : null;
}

function invalidReason(spelled: string, country: CountryCode): RejectReason {
  switch (validatePhoneNumberLength(spelled, country)) {
    case 'TOO_SHORT':
      return 'too-short';
    case 'TOO_LONG':
      return 'too-long';
    case 'INVALID_COUNTRY':
      return 'unknown-country';
    case 'NOT_A_NUMBER':
      return digitsOf(spelled).length < 4 ? 'too-short' : 'too-long';
    default:
      return 'invalid-number';
  }
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
