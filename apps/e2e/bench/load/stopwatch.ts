import { cpus } from 'node:os';
import { summarize } from '@outdial/stack/bench/figures';

/** How long each kind of thing took, in ms. */
export class Stopwatch {
  readonly #times = new Map<string, number[]>();

  async time<T>(what: string, work: () => Promise<T>): Promise<T> {
    const before = performance.now();
    const result = await work();
    this.#times.set(what, [...(this.#times.get(what) ?? []), performance.now() - before]);
    return result;
  }

  /** By kind: how many, median, 95th percentile. */
  get rows(): string[][] {
    return [...this.#times].map(([what, times]) => {
      const { count, median, p95 } = summarize(times);
      return [what, String(count), median.toFixed(0), p95.toFixed(0)];
    });
  }

  /** The 95th percentile of everything that the API was asked, in ms. */
  p95Of(kinds: readonly string[]): number {
    return summarize(kinds.flatMap((kind) => this.#times.get(kind) ?? [])).p95;
  }
}

/** Processor time of the whole machine since then, as a share of all its processors. */
export function busySince(): () => number {
  const now = () =>
    cpus().reduce(
      ({ busy, all }, { times: { user, nice, sys, irq, idle } }) => {
        const worked = user + nice + sys + irq;
        return { busy: busy + worked, all: all + worked + idle };
      },
      { busy: 0, all: 0 },
    );
  const before = now();
  return () => {
    const after = now();
    return (after.busy - before.busy) / (after.all - before.all);
  };
}
