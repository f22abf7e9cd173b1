/** What a series of measurements comes to. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
}

export const summarize = (values: readonly number[]): Summary => ({
  count: values.length,
  median: quantile(values, 0.5),
  p95: quantile(values, 0.95),
});

/** Linear between the two nearest ranks (Hyndman & Fan's type 7, https://doi.org/10.2307/2684934). */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (sorted.length - 1) * share;
  const low = sorted[Math.floor(rank)] ?? Number.NaN;
  const high = sorted[Math.ceil(rank)] ?? Number.NaN;
  return low + (high - low) * (rank - Math.floor(rank));
}
