/** Controls, bidi marks, zero-width spaces, soft hyphens, BOM: seen in exports, never meant. ZWJ/ZWNJ stay, names need them. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Longest cell kept at all; what is shown or stored is cut further. */
const MAX_CELL_LENGTH = 4000;

/** Cuts to `length` UTF-16 units, never through a surrogate pair. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** A cell as it is kept: trimmed, NFC, without invisible characters, well-formed, at most 4,000 characters. */
export function cleanCell(raw: string): string {
  const text = cut(raw, MAX_CELL_LENGTH);
  if (PLAIN.test(text)) return text.trim();
  return cut(
    text.replace(INVISIBLE, '').replace(LONE_SURROGATE, '\ufffd').normalize('NFC').trim(),
    MAX_CELL_LENGTH,
  );
}

/** First code points of the decimal digit blocks that turn up in sheets: Arabic-Indic, Persian, Indic scripts, Thai. */
const DIGIT_ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50];

/** Full-width and other compatibility forms, spaces, dashes and foreign digits as their ASCII counterparts. */
export function toAscii(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = DIGIT_ZEROS.find((first) => code >= first && code < first + 10);
      return zero === undefined ? digit : String(code - zero);
    })
    .replace(/\p{Zs}/gu, ' ')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u2018\u2019\u02bc\u00b4]/g, "'");
}
