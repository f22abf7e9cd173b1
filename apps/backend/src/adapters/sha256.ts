import { createHash } from 'node:crypto';

/** SHA-256 (FIPS 180-4) over pieces, one after another. */
export function sha256(...pieces: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}
