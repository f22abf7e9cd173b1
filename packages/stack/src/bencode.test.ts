import { describe, expect, it } from 'vitest';
import { decode, encode } from './bencode';

describe('bencode', () => {
  it.each([
    [{ command: 'ping' }, 'd7:command4:pinge'],
    [{ b: 1, a: ['x', -2] }, 'd1:al1:xi-2ee1:bi1ee'],
    ['ü', '2:ü'],
    ['', '0:'],
  ])('encodes %j', (value, text) => {
    expect(encode(value)).toBe(text);
  });

  it('reads back what it wrote', () => {
    const value = { result: 'ok', calls: ['a', 'b'], totals: { rtp: { packets: 12 } } };
    expect(decode(Buffer.from(encode(value)))).toEqual(value);
  });

  it.each(['', '5:abc', 'x', 'd3:key', 'i1ei2e'])('refuses %j', (text) => {
    expect(() => decode(Buffer.from(text))).toThrow();
  });
});
