import { randomBytes } from 'node:crypto';

/** 32 characters that nobody takes for one another: five bits each, and no bias. */
const ALPHABET = '23456789abcdefghijkmnpqrstuvwxyz';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** A password to be read to somebody or typed from paper: 80 random bits, like `k7dn-x3pa-92wf-hmte`. */
export function makeOneTimePassword(): string {
  const characters = [...randomBytes(GROUPS * GROUP_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]);
  const groups = Array.from({ length: GROUPS }, (_, n) =>
    characters.slice(n * GROUP_LENGTH, (n + 1) * GROUP_LENGTH).join(''),
  );
  return groups.join('-');
}
