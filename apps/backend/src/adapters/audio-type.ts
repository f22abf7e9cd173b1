import { open } from 'node:fs/promises';

export interface AudioType {
  readonly mimeType: 'audio/webm' | 'audio/ogg' | 'audio/mp4';
  readonly extension: 'webm' | 'ogg' | 'm4a';
}

/** By their first bytes: EBML (RFC 8794 §8), Ogg pages (RFC 3533 §6), an ISO media file (ISO 14496-12 §4.3). */
const SIGNATURES: readonly { at: number; bytes: string; type: AudioType }[] = [
  { at: 0, bytes: '1a45dfa3', type: { mimeType: 'audio/webm', extension: 'webm' } },
  { at: 0, bytes: '4f676753', type: { mimeType: 'audio/ogg', extension: 'ogg' } },
  { at: 4, bytes: '66747970', type: { mimeType: 'audio/mp4', extension: 'm4a' } },
];

/** What kind of recording a file begins like; null when it is none a browser makes. */
export async function audioTypeOf(path: string): Promise<AudioType | null> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const head = buffer.toString('hex');
    return SIGNATURES.find(({ at, bytes }) => head.startsWith(bytes, at * 2))?.type ?? null;
  } finally {
    await file.close();
  }
}
