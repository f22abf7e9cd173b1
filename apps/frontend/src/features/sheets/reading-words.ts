import { SHEET_ENCODINGS, type SheetEncoding } from '@outdial/contracts/leads/sheets';
import type { Delimiter, SheetErrorCode } from '@outdial/sheets';

const ENCODINGS: Readonly<Record<SheetEncoding, readonly [name: string, where?: string]>> = {
  'utf-8': ['UTF-8'],
  'utf-16le': ['UTF-16 LE'],
  'utf-16be': ['UTF-16 BE'],
  'windows-1252': ['Windows-1252', 'Western Europe'],
  'windows-1250': ['Windows-1250', 'Central Europe'],
  'windows-1251': ['Windows-1251', 'Cyrillic'],
  'windows-1253': ['Windows-1253', 'Greek'],
  'windows-1254': ['Windows-1254', 'Turkish'],
  'windows-1255': ['Windows-1255', 'Hebrew'],
  'windows-1256': ['Windows-1256', 'Arabic'],
  'windows-1257': ['Windows-1257', 'Baltic'],
  'windows-1258': ['Windows-1258', 'Vietnamese'],
  'windows-874': ['Windows-874', 'Thai'],
  'iso-8859-2': ['ISO 8859-2', 'Central Europe'],
  'iso-8859-3': ['ISO 8859-3', 'Southern Europe'],
  'iso-8859-4': ['ISO 8859-4', 'Baltic'],
  'iso-8859-5': ['ISO 8859-5', 'Cyrillic'],
  'iso-8859-6': ['ISO 8859-6', 'Arabic'],
  'iso-8859-7': ['ISO 8859-7', 'Greek'],
  'iso-8859-8': ['ISO 8859-8', 'Hebrew'],
  'iso-8859-10': ['ISO 8859-10', 'Nordic'],
  'iso-8859-13': ['ISO 8859-13', 'Baltic'],
  'iso-8859-14': ['ISO 8859-14', 'Celtic'],
  'iso-8859-15': ['ISO 8859-15', 'Western Europe'],
  'koi8-r': ['KOI8-R', 'Russian'],
  'koi8-u': ['KOI8-U', 'Ukrainian'],
  ibm866: ['CP866', 'Cyrillic, DOS'],
  macintosh: ['Macintosh', 'Western Europe'],
  'x-mac-cyrillic': ['Macintosh', 'Cyrillic'],
  shift_jis: ['Shift JIS', 'Japanese'],
  'euc-jp': ['EUC-JP', 'Japanese'],
  'iso-2022-jp': ['ISO-2022-JP', 'Japanese'],
  gb18030: ['GB 18030', 'Chinese'],
  big5: ['Big5', 'Chinese, traditional'],
  'euc-kr': ['EUC-KR', 'Korean'],
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
