import { type Decoded, decodeAs } from './decode';
import { guessEncoding } from './encoding-guess';

export interface DecodedText {
  text: string;
  /** WHATWG label, such as `utf-8`, `utf-16le`, `windows-1252`. */
  encoding: string;
  /** Characters that could not be decoded; each stands as U+FFFD in the text. */
  damaged: number;
}

/**
 * Decodes text of unknown encoding: byte order mark, then UTF-16 by its zero bytes, then UTF-8 where it is
 * valid, else by the letters that languages write.
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
  return decodeUtf8(bytes) ?? decodeAs(bytes, guessEncoding(bytes));
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
