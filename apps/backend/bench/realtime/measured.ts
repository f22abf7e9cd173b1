import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** What a measured process is asked; it answers each with one message. */
export type Question =
  | { readonly kind: 'cpu' }
  | { readonly kind: 'close' }
  | {
      readonly kind: 'send';
      readonly facts: number;
      readonly perSecond: number;
      readonly people: readonly string[];
    };

/** A process of its own, so that its processor time is known. */
export class Measured {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** @returns the process and the address it serves at, empty for none. @throws Error when it ends instead */
  static async start(script: URL, env: Readonly<Record<string, string>>) {
    const child = fork(script, { execArgv: ['--import', 'tsx'], env: { ...process.env, ...env } });
    const measured = new Measured(child);
    const url = String(await measured.#answer());
    return { measured, url };
  }

  /** Processor time until now, in ms. */
  async cpu(): Promise<number> {
    return Number(await this.ask({ kind: 'cpu' }));
  }

  ask(question: Question): Promise<unknown> {
    const answer = this.#answer();
    this.#child.send(question);
    return answer;
  }

  async close(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.send({ kind: 'close' });
    await gone;
  }

  async #answer(): Promise<unknown> {
    const gone = new AbortController();
    const died = once(this.#child, 'exit', { signal: gone.signal }).then(() => {
      throw new Error('A measured process ended.');
    });
    try {
      const [answer] = await Promise.race([once(this.#child, 'message'), died]);
      return answer;
    } finally {
      gone.abort();
      died.catch(() => undefined);
    }
  }
}
