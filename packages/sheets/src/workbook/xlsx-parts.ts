import { MAX_SHEET_CELLS } from '../limits';
import { tooManyCells } from '../sheet-size';

/** A number format of Excel's is no longer than this (ECMA-376 part 1, 18.8.30 leaves it open; Excel has 255). */
const MAX_FORMAT_LENGTH = 255;

const STRINGS = /^xl\/sharedstrings\.xml$/i;
const WORKSHEET = /^xl\/worksheets\/[^/]+\.xml$/i;
const STYLES = /^xl\/styles\.xml$/i;

/**
 * Puts right what SheetJS reads wrongly or without bound: an empty shared string makes every later text move up by
 * one, runs of rich text after a plain one are dropped, characters beyond U+FFFF written as numbers break, and a link
 * over a whole sheet or a number format of kilobytes takes all the memory there is.
 * @throws SheetError `file-too-large`
 */
export class XlsxParts {
  #cells = 0;

  repaired(name: string, content: Uint8Array): Uint8Array {
    if (STRINGS.test(name)) return rewritten(content, withPlainStrings);
    if (STYLES.test(name)) return rewritten(content, withShortFormats);
    if (!WORKSHEET.test(name)) return content;
    this.#count(content);
    return rewritten(content, withCellsAlone);
  }

  /** Counts `<c ` and `<c>` without decoding the part. */
  #count(content: Uint8Array): void {
    for (let at = content.indexOf(0x3c); at >= 0; at = content.indexOf(0x3c, at + 1)) {
      if (content[at + 1] !== 0x63) continue;
      const next = content[at + 2];
      if (next === 0x20 || next === 0x3e || next === 0x2f) this.#cells++;
    }
    if (this.#cells > MAX_SHEET_CELLS) throw tooManyCells();
  }
}

function rewritten(content: Uint8Array, change: (xml: string) => string): Uint8Array {
  // Anything but UTF-8 is left to the reader.
  if (content[0] !== 0x3c && content[0] !== 0xef) return content;
  const xml = new TextDecoder().decode(content);
  const changed = change(xml);
  return changed === xml ? content : new TextEncoder().encode(changed);
}

/** Every shared string as one plain text. */
function withPlainStrings(xml: string): string {
  if (!/<si\s*\/>|<(?:\w+:)?r[\s>]|&#|<si>\s*<\/si>/.test(xml)) return xml;
  return xml.replace(/<si(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/si>)/g, (_, inner: string | undefined) => {
    return `<si><t xml:space="preserve">${textOf(inner ?? '')}</t></si>`;
  });
}

/** Worksheets down to the last cell: links, merged ranges and validations say nothing about text. */
function withCellsAlone(xml: string): string {
  const end = xml.lastIndexOf('</sheetData>');
  const cells = end < 0 ? xml : `${xml.slice(0, end)}</sheetData></worksheet>`;
  const bounded = cells.replace(/<dimension\b[^>]*\/>/, '');
  if (!/<is>|&#/.test(bounded)) return bounded;
  return characters(
    bounded.replace(
      /<is>([\s\S]*?)<\/is>/g,
      (_, inner: string) => `<is><t xml:space="preserve">${textOf(inner)}</t></is>`,
    ),
  );
}

function withShortFormats(xml: string): string {
  return xml.replace(/formatCode="([^"]*)"/g, (whole, code: string) =>
    code.length > MAX_FORMAT_LENGTH ? 'formatCode="General"' : whole,
  );
}

/** All text of a string item; phonetic hints (`rPh`) are said, not written. */
function textOf(item: string): string {
  let text = '';
  for (const [, run = ''] of item
    .replace(/<rPh[\s\S]*?<\/rPh>/g, '')
    .matchAll(/<t(?:\s[^>]*)?>([\s\S]*?)<\/t>/g))
    text += run;
  return characters(text);
}

/** Numeric references outside ASCII as the characters they stand for. */
function characters(xml: string): string {
  if (!xml.includes('&#')) return xml;
  return xml.replace(/&#(?:x([\da-f]{2,6})|(\d{3,7}));/gi, (whole, hex?: string, decimal?: string) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0x7f && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
