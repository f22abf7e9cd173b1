import { cleanCell, cut, toAscii } from '../characters';
import { fold, meansOf } from '../words/titles';
import type { RejectReason } from './reject-reasons';

/** What of a cell is looked at, in characters: ten numbers fit, and no text makes the patterns slow. */
const MAX_PHONE_CELL = 250;
const SIGNS = /[☎☏✆📞📱🕿📲]\ufe0f?/gu;

/** A phone cell as plain text: without what spreadsheets, exports and people put around a number. */
export function plainText(cell: string): string {
  return toAscii(cleanCell(cut(cell, MAX_PHONE_CELL)))
    .replace(SIGNS, ' ')
    .replace(/[·•∙‧]/g, '.')
    .replace(/\[([^\]]*)\]/g, '($1)')
    .trim()
    .replace(/^="(.*)"$/, '$1')
    .replace(/^['"]+|['"]+$/g, '')
    .replace(/^(?:tel|callto|sip):\s*(?=[+\d(])/i, '')
    .replace(/^p:(?=\+?\d)/, '')
    .replace(/^[\s;|,:.-]+(?=[+\d(])|[\s;|,]+$/g, '')
    .trim();
}

/** Why a cell is no number although it may hold digits; null where it may be one. */
export function rejectSpecial(text: string): RejectReason | null {
  if (text === '') return 'no-phone';
  if (text.startsWith('=') || /^[+@-]\s*[a-z]+\w*\s*[(!]/i.test(text)) return 'formula';
  if (/^#(n\/a|ref!|value!|name\?|num!|null!|div\/0!|error!|spill!|calc!|#+$)/i.test(text))
    return 'spreadsheet-error';
  return null;
}

/** Stands where a label stood (a private-use character): two numbers may meet there. */
export const LABEL = '\uf8fe';
const LABEL_MEANINGS = ['phone', 'mobile', 'place', 'number', 'fax'] as const;
/** One letter is a label where a colon, a dot or brackets say so. */
const LETTER_LABEL = /(?<![\p{L}\d])([mtcphwofkd])(?:\s*[:.](?=\s*[+(\d])|(?=\s*\)))/giu;

export interface Unlabelled {
  readonly text: string;
  readonly isFax: boolean;
}

/** Takes away words that say what kind of number it is, in any language; other words stay. */
export function withoutLabels(part: string): Unlabelled {
  let isFax = false;
  const text = part
    .replace(LETTER_LABEL, (_, letter: string) => {
      if (letter.toLowerCase() === 'f') isFax = true;
      return LABEL;
    })
    .replace(/[\p{L}\p{M}]+[.:]?/gu, (word) => {
      const means = meansOf(fold(word).replace(/[.:]$/, ''));
      if (means.has('fax')) isFax = true;
      return LABEL_MEANINGS.some((meaning) => means.has(meaning)) ? LABEL : word;
    })
    .replace(/\(\s*\uf8fe[\s\uf8fe]*\)/g, LABEL);
  return { text, isFax };
}

/** Letters as a telephone's keys have them (ITU-T E.161): `1-800-FLOWERS`. Null where a word is no such number. */
export function keypadDigits(text: string): string | null {
  if (!/^\+?[\d(][\d\s().-]{2,}[A-Z][A-Z\d-]{3,}$/.test(text)) return null;
  return text.replace(
    /[A-Z]/g,
    (letter) => '22233344455566677778889999'[letter.charCodeAt(0) - 65] ?? letter,
  );
}
