import { MAX_MISSING, type MissingChunks, type RecordingPart } from '@outdial/contracts';

/**
 * The chunks that parts name and that have not come, as ranges.
 * @param come in the order of part and number
 */
export function missingOf(
  parts: readonly Pick<RecordingPart, 'part' | 'chunks'>[],
  come: readonly { readonly part: number; readonly n: number }[],
): MissingChunks[] {
  const missing: MissingChunks[] = [];
  for (const { part, chunks } of parts) {
    let next = 0;
    const upTo = (n: number) => {
      if (n > next) missing.push({ part, from: next, to: n - 1 });
      next = n + 1;
    };
    for (const chunk of come) if (chunk.part === part && chunk.n < chunks) upTo(chunk.n);
    upTo(chunks);
  }
  return missing.slice(0, MAX_MISSING);
}
