/** The subset of values that rtpengine's ng protocol carries. */
export type Bencoded = string | number | readonly Bencoded[] | NgMessage;

/** A request or an answer: `{ command: 'ping' }`, `{ result: 'pong' }`. */
export interface NgMessage {
  readonly [key: string]: Bencoded;
}

/** Encodes a value as bencode (BEP 3), the wire format of rtpengine's ng protocol. */
export function encode(value: Bencoded): string {
  if (typeof value === 'number') return `i${Math.trunc(value)}e`;
  if (typeof value === 'string') return `${Buffer.byteLength(value)}:${value}`;
  if (isList(value)) return `l${value.map(encode).join('')}e`;
  const keys = Object.keys(value).sort();
  return `d${keys.map((key) => encode(key) + encode(value[key] ?? '')).join('')}e`;
}

/**
 * Decodes one bencoded value. Strings come back as latin1, one character a byte, as their lengths count bytes.
 * @throws on anything that is not exactly one bencoded value
 */
export function decode(bytes: Buffer): Bencoded {
  const text = bytes.toString('latin1');
  const [value, end] = read(text, 0);
  if (end !== text.length) throw new Error('Trailing bytes after a bencoded value.');
  return value;
}

function read(text: string, at: number): [Bencoded, number] {
  switch (text[at]) {
    case 'i':
      return readInteger(text, at);
    case 'l':
      return readList(text, at + 1);
    case 'd':
      return readDictionary(text, at + 1);
    default:
      return readString(text, at);
  }
}

function readInteger(text: string, at: number): [number, number] {
  const end = text.indexOf('e', at);
  return [Number.parseInt(text.slice(at + 1, end), 10), end + 1];
}

function readString(text: string, at: number): [string, number] {
  const colon = text.indexOf(':', at);
  const length = Number.parseInt(text.slice(at, colon), 10);
  if (colon < 0 || !Number.isInteger(length)) throw new Error(`No bencoded value at byte ${at}.`);
  const start = colon + 1;
  return [text.slice(start, start + length), start + length];
}

function readList(text: string, at: number): [Bencoded[], number] {
  const items: Bencoded[] = [];
  let position = at;
  while (text[position] !== 'e') {
    const [item, next] = read(text, position);
    items.push(item);
    position = next;
  }
  return [items, position + 1];
}

function readDictionary(text: string, at: number): [Record<string, Bencoded>, number] {
  const entries: Record<string, Bencoded> = {};
  let position = at;
  while (text[position] !== 'e') {
    const [key, afterKey] = readString(text, position);
    const [value, next] = read(text, afterKey);
    entries[key] = value;
    position = next;
  }
  return [entries, position + 1];
}

const isList = (value: Bencoded): value is readonly Bencoded[] => Array.isArray(value);

export const isDictionary = (value: Bencoded): value is NgMessage =>
  typeof value === 'object' && !isList(value);
