import type { RecordingPart } from '@outdial/contracts';

export interface ChunkRow {
  readonly part: number;
  readonly n: number;
  readonly hash: Uint8Array;
  readonly arrivedAt: Date;
}

/** The chunks of one part, and when the part began. */
export interface ChunkRun {
  readonly part: number;
  /** From the first part's beginning, in ms. */
  readonly startMs: number;
  readonly chunks: readonly ChunkRow[];
  /** How many there must be. */
  readonly expected: number;
}

/**
 * Sorts the chunks of a recording by part.
 * @param stated the parts as the browser named them; null when it never did: then a part began when it came
 * @param durationMs of the call, if it is known; no part begins after it, however a clock was set meanwhile
 */
export function chunkRuns(
  rows: readonly ChunkRow[],
  stated: readonly RecordingPart[] | null,
  durationMs: number | null,
): ChunkRun[] {
  const parts =
    stated?.map(({ part, startedAt, chunks }) => ({
      part,
      began: Date.parse(startedAt),
      expected: chunks,
    })) ??
    [...new Set(rows.map(({ part }) => part))].map((part) => {
      const own = rows.filter((row) => row.part === part);
      return { part, began: own[0]?.arrivedAt.getTime() ?? 0, expected: own.length };
    });
  const inOrder = [...parts].sort((a, b) => a.part - b.part);
  const start = inOrder[0]?.began ?? 0;
  return inOrder.map(({ part, began, expected }) => ({
    part,
    startMs: Math.min(durationMs ?? Number.POSITIVE_INFINITY, Math.max(0, began - start)),
    chunks: rows.filter((row) => row.part === part && (stated === null || row.n < expected)),
    expected,
  }));
}
