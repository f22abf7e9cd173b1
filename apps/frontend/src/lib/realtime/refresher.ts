interface Job {
  /** Asked for once more while it ran. */
  again: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Asks the server again for what has changed, however often it is said to have: soon after the first word, never twice
 * at once, and once more when there was another word meanwhile. So a slow answer is neither thrown away nor believed.
 */
export class Refresher {
  readonly #jobs = new Map<string, Job>();

  /** Runs `task` after `waitMs`; words of the same `name` until then are one with it. */
  soon(name: string, waitMs: number, task: () => Promise<unknown>): void {
    const present = this.#jobs.get(name);
    if (present) {
      present.again = present.timer === undefined;
      return;
    }
    const job: Job = { again: false, timer: undefined };
    this.#jobs.set(name, job);
    job.timer = setTimeout(() => {
      job.timer = undefined;
      void task()
        .catch(() => undefined)
        .then(() => {
          if (this.#jobs.get(name) !== job) return;
          this.#jobs.delete(name);
          if (job.again) this.soon(name, waitMs, task);
        });
    }, waitMs);
  }

  close(): void {
    for (const { timer } of this.#jobs.values()) clearTimeout(timer);
    this.#jobs.clear();
  }
}
