import { SheetError } from './sheet-error';

export interface Decoded {
  text: string;
  /** WHATWG label, such as `utf-8`, `utf-16le`, `windows-1252`. */
  encoding: string;
}

/** Bytes 0x80–0x9F of Windows-1252: some Node releases decode them as Latin-1 (nodejs/node#56542). */
const WINDOWS_1252_HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** @throws SheetError `unknown-encoding` */
export function decodeAs(bytes: Uint8Array, label: string): Decoded {
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
