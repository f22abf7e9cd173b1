import { basename } from 'node:path';

/** Control characters, and those that turn the direction of what follows (Unicode TR9 §2; CVE-2021-42574). */
const MISLEADING = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

const MAX_LENGTH = 255;

/** What a sent file is called, as one line that reads as it is written. */
export const fileNameOf = (sent: string): string =>
  basename(sent).normalize('NFC').replace(MISLEADING, '').trim().slice(0, MAX_LENGTH) || 'Sheet';
