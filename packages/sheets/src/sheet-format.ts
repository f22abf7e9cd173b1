import { CFB } from 'xlsx';
import { SheetError } from './sheet-error';
import { listZip, Unzipper, type ZipEntry } from './workbook/zip';

/** What the bytes are, whatever the file is called. */
export type Container =
  | { format: 'text' }
  | { format: 'xls' }
  | { format: 'xlsx' | 'ods'; entries: ZipEntry[] };

const ODS_MIME = 'application/vnd.oasis.opendocument.spreadsheet';

/** First bytes of files people pick by mistake. */
const MAGIC: readonly (readonly [bytes: string, what: string])[] = [
  ['%PDF', 'a PDF document'],
  ['\x89PNG', 'a picture'],
  ['\xff\xd8\xff', 'a picture'],
  ['GIF8', 'a picture'],
  ['BM', 'a picture'],
  ['{\\rtf', 'a text document (RTF)'],
  ['MZ', 'a Windows program'],
  ['\x7fELF', 'a program'],
  ['\x1f\x8b', 'a compressed archive'],
  ['7z\xbc\xaf', 'a compressed archive'],
  ['Rar!', 'a compressed archive'],
  ['SQLite format 3', 'a database'],
  ['ID3', 'a sound file'],
  ['RIFF', 'a sound or video file'],
  ['OggS', 'a sound file'],
];

/** These begin like text and would be read as one odd column. */
const TEXT_MAGIC = new Set(['%PDF', '{\\rtf']);

/**
 * Tells a sheet's container by its content.
 * @throws SheetError `not-a-sheet`, `password-protected`, `corrupt`
 */
export function detectContainer(bytes: Uint8Array): Container {
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return detectZip(bytes);
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return detectCompoundFile(bytes);
  const known = MAGIC.find(([magic]) => TEXT_MAGIC.has(magic) && startsWith(bytes, magic));
  if (known) throw notASheet(known[1]);
  return { format: 'text' };
}

/** Refuses decoded text that is really a program, a picture or a web page. @throws SheetError `not-a-sheet` */
export function refuseNonText(bytes: Uint8Array, text: string): void {
  const sample = text.slice(0, 8192);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls tell binary from text
  const controls = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0;
  if (controls > sample.length * 0.01) {
    throw notASheet(MAGIC.find(([magic]) => startsWith(bytes, magic))?.[1] ?? 'not text');
  }
  const start = sample.trimStart().slice(0, 200).toLowerCase();
  if (/^(<!doctype|<html|<head|<body|<table|<meta|<\?xml|<svg)/.test(start)) {
    throw new SheetError(
      'not-a-sheet',
      'This is a web page or XML file, whatever its name says. Open it in your spreadsheet program, save it as XLSX or CSV, and upload that.',
    );
  }
}

function detectZip(bytes: Uint8Array): Container {
  const entries = listZip(bytes);
  const has = (start: string) => entries.some((entry) => entry.name.toLowerCase().startsWith(start));
  if (entries.some((entry) => entry.encrypted)) throw passwordProtected();
  if (has('xl/')) return { format: 'xlsx', entries };
  const mime = entries.find((entry) => entry.name === 'mimetype');
  if (mime && mime.packedSize < 200) {
    const type = new TextDecoder().decode(new Unzipper(bytes).unpack(mime));
    if (type.startsWith(ODS_MIME)) return { format: 'ods', entries };
    if (type.startsWith('application/vnd.oasis')) throw notASheet('an OpenDocument text or drawing');
  }
  if (has('word/')) throw notASheet('a Word document');
  if (has('ppt/')) throw notASheet('a presentation');
  if (has('index/document.iwa')) throw notASheet('an Apple Numbers or Pages file');
  throw notASheet('a zip archive without a sheet in it');
}

function detectCompoundFile(bytes: Uint8Array): Container {
  let names: string[];
  try {
    const { FullPaths } = CFB.read(bytes, { type: 'array' }) as { FullPaths: string[] };
    names = FullPaths.map((path) => path.split('/').at(-1) ?? '');
  } catch (cause) {
    throw corrupt(cause);
  }
  if (names.includes('EncryptedPackage')) throw passwordProtected();
  if (names.some((name) => /^(workbook|book)$/i.test(name))) return { format: 'xls' };
  throw notASheet('an old Office document or a message');
}

function startsWith(bytes: Uint8Array, magic: string): boolean {
  if (bytes.length < magic.length) return false;
  for (let i = 0; i < magic.length; i++) if (bytes[i] !== magic.charCodeAt(i)) return false;
  return true;
}

function notASheet(what: string): SheetError {
  return new SheetError(
    'not-a-sheet',
    `This file is ${what}. Choose a sheet: CSV, TSV, XLSX, XLS or ODS. From any spreadsheet program, "Save as CSV" works.`,
  );
}

export function passwordProtected(cause?: unknown): SheetError {
  return new SheetError(
    'password-protected',
    'This workbook is protected with a password. Open it, save a copy without the password, and upload the copy.',
    { cause },
  );
}

export function corrupt(cause: unknown): SheetError {
  return new SheetError(
    'corrupt',
    'The file is damaged and cannot be opened. Save it again in your spreadsheet program, then retry.',
    { cause },
  );
}
