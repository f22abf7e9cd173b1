import { analyse } from 'chardet';
import { SheetError } from './sheet-error';

export interface DecodedText {
  text: string;
  /** WHATWG label, such as `utf-8`, `utf-16le`, `windows-1252`. */
  encoding: string;
  /** Characters that could not be decoded; each stands as U+FFFD in the text. */
  damaged: number;
}

type Decoded = Omit<DecodedText, 'damaged'>;

/** Bytes 0x80–0x9F of Windows-1252: some Node releases decode them as Latin-1 (nodejs/node#56542). */
const WINDOWS_1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** What a byte count may be guessed to be when its letters are mostly not Latin. */
const NON_LATIN =
  /^(windows-125[1356]|koi8-r|iso-8859-[5-8](-i)?|shift_jis|euc-(jp|kr)|gb18030|gbk|big5|iso-2022-(jp|kr))$/;

const SAMPLE = 64 * 1024;

/**
 * Decodes text of unknown encoding: byte order mark, then UTF-16 by its zero bytes, then UTF-8 where it is
 * valid, else Windows-1252. Text whose letters are mostly outside ASCII (Russian, Greek, Japanese …) is
 * left to `chardet`; for Western text a statistical guess is wrong more often than the rule.
 * @throws SheetError `unknown-encoding` if `label` was given and is not known.
 */
export function decodeText(bytes: Uint8Array, label?: string): DecodedText {
  const decoded = label ? decodeAs(bytes, label) : decodeUnknown(bytes);
  return { ...decoded, damaged: countDamaged(decoded.text) };
}

function decodeUnknown(bytes: Uint8Array): Decoded {
  const [b0, b1, b2] = bytes;
  if (b0 === 0xef && b1 === 0xbb && b2 === 0xbf) return decodeAs(bytes, 'utf-8');
  if (b0 === 0xff && b1 === 0xfe) return decodeAs(bytes, 'utf-16le');
  if (b0 === 0xfe && b1 === 0xff) return decodeAs(bytes, 'utf-16be');
  const utf16 = guessUtf16(bytes);
  if (utf16) return decodeAs(bytes, utf16);
  return decodeUtf8(bytes) ?? decodeAs(bytes, guessSingleByte(bytes));
}

function decodeAs(bytes: Uint8Array, label: string): Decoded {
  const decoder = decoderFor(label);
  const { encoding } = decoder;
  const text: string = decoder.decode(bytes);
  if (encoding !== 'windows-1252') return { text, encoding };
  const high = (c: string) => WINDOWS_1252_HIGH.charAt(c.charCodeAt(0) - 0x80);
  return { text: text.replace(/[\u0080-\u009f]/g, high), encoding };
}

function decoderFor(label: string) {
  try {
    return new TextDecoder(label);
  } catch (cause) {
    const message = `The encoding "${label}" is not known. Choose another one.`;
    throw new SheetError('unknown-encoding', message, { cause });
  }
}

/** UTF-8, also with a few damaged characters (a cut-off end, one pasted byte); null if it is something else. */
function decodeUtf8(bytes: Uint8Array): Decoded | null {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const damaged = countDamaged(text);
    const sound = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
    return sound > damaged * 20 ? { text, encoding: 'utf-8' } : null;
  }
}

function countDamaged(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
}

/** ASCII (digits, separators, line ends) leaves a zero in every other byte of UTF-16. */
function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const end = Math.min(bytes.length, 4096) & ~1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < end; i += 2) {
    if (bytes[i] === 0) evenZeros++;
    if (bytes[i + 1] === 0) oddZeros++;
  }
  const units = end / 2;
  if (oddZeros > units * 0.2 && evenZeros <= units * 0.02) return 'utf-16le';
  if (evenZeros > units * 0.2 && oddZeros <= units * 0.02) return 'utf-16be';
  return null;
}

function guessSingleByte(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE);
  let high = 0;
  let ascii = 0;
  for (const byte of sample) {
    if (byte >= 0x80) high++;
    else if ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)) ascii++;
  }
  if (high < (high + ascii) * 0.35) return 'windows-1252';
  const best = analyse(sample)[0];
  const name = best?.name.toLowerCase() ?? '';
  return best && best.confidence > 10 && NON_LATIN.test(name) ? name : 'windows-1252';
}
