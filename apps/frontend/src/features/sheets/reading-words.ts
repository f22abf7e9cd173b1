import { SHEET_ENCODINGS, type SheetEncoding } from '@outdial/contracts/leads/sheets';
import type { Delimiter, SheetErrorCode } from '@outdial/sheets';

const ENCODINGS: Readonly<Record<SheetEncoding, readonly [name: string, where?: string]>> = {
  'utf-8': ['UTF-8'],
  'utf-16le': ['UTF-16 LE'],
  'utf-16be': ['UTF-16 BE'],
  'windows-1252': ['Windows-1252', 'Western Europe'],
  'windows-1250': ['Windows-1250', 'Central Europe'],
  'windows-1251': ['Windows-1251', 'Cyrillic'],
  'windows-1254': ['Windows-1254', 'Turkish'],
  'iso-8859-2': ['ISO 8859-2', 'Central Europe'],
  'iso-8859-15': ['ISO 8859-15', 'Western Europe'],
  macintosh: ['Macintosh', 'Western Europe'],
  shift_jis: ['Shift JIS', 'Japanese'],
  gb18030: ['GB 18030', 'Chinese'],
};

const DELIMITERS: Readonly<Record<Delimiter, string>> = {
  ',': 'Comma',
  ';': 'Semicolon',
  '\t': 'Tab',
  '|': 'Pipe',
};

/** What came of a reading the agent asked for, where it came to nothing. */
const REFUSALS: Partial<Record<SheetErrorCode, string>> = {
  'no-rows': 'has no rows with leads',
  'not-a-sheet': 'is not text',
  'too-many-columns': 'has more columns than can be read',
  'too-many-rows': 'has more rows than can be read',
  'file-too-large': 'holds more text than can be read',
};

/** An encoding by name, also one that is detected but not offered. */
export function encodingName(encoding: string): string {
  const known = SHEET_ENCODINGS.find((label) => label === encoding);
  return known ? ENCODINGS[known][0] : encoding.toUpperCase();
}

/** An encoding with where it is used, for those who know it by that. */
export function encodingChoice(encoding: SheetEncoding): string {
  const [name, where] = ENCODINGS[encoding];
  return where ? `${name} (${where})` : name;
}

export function delimiterName(delimiter: Delimiter): string {
  return DELIMITERS[delimiter];
}

/** Why the sheet is not read as the agent asked, and what it is read as instead. */
export function refusalOf(code: SheetErrorCode): string {
  return `Read that way, the sheet ${REFUSALS[code] ?? 'cannot be read'}. It is still read as before.`;
}
