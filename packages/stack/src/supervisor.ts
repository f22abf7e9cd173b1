import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Child, describeExit } from './child';

export interface SupervisorOptions {
  readonly name: string;
  readonly spawn: () => Child;
  /** Resolves true once the process answers by its own protocol. Called again after every restart. */
  readonly ready: (child: Child) => Promise<boolean>;
  /** `restart`: start it again, with growing pauses. `report`: only say so; the run cannot go on. */
  readonly onDeath: 'restart' | 'report';
  /** One line for a person: what died, how, what was done. */
  readonly onLog: (line: string) => void;
  /** Called after a death under `report`. */
  readonly onFatal?: (reason: string) => void;
  readonly logFile: string;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** A process that lived this long is healthy: its next death starts with the short pause again. */
const HEALTHY_AFTER_MS = 30_000;

/** Owns one process over its restarts. Every part of the stack has one. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  #child: Child | undefined;
  #closed = false;
  #pauseMs = FIRST_PAUSE_MS;

  private constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** @throws if the process dies or stays mute while it starts */
  static async start(options: SupervisorOptions): Promise<Supervisor> {
    const supervisor = new Supervisor(options);
    await supervisor.#launch();
    return supervisor;
  }

  get pid(): number | undefined {
    return this.#child?.exit === undefined ? this.#child?.pid : undefined;
  }

  /** Stops it and starts it again on the same ports. */
  async restart(): Promise<void> {
    await this.#child?.stop();
    await this.#launch();
  }

  /** Stops it for good. Idempotent. */
  async stop(): Promise<void> {
    this.#closed = true;
    await this.#child?.stop();
  }

  async #launch(): Promise<void> {
    const { name, spawn, ready, logFile } = this.#options;
    this.#closed = false;
    const child = spawn();
    this.#child = child;
    if (!(await ready(child))) {
      const how = child.exit === undefined ? 'did not become ready' : describeExit(child.exit);
      await child.stop();
      throw new Error(`${name} ${how}. See ${logFile}, which ends:\n${lastLines(logFile)}`);
    }
    const startedAt = Date.now();
    void child.exited.then((exit) => {
      if (child.stopping || this.#closed) return;
      if (Date.now() - startedAt > HEALTHY_AFTER_MS) this.#pauseMs = FIRST_PAUSE_MS;
      this.#died(describeExit(exit));
    });
  }

  #died(how: string): void {
    const { name, onDeath, onLog, onFatal, logFile } = this.#options;
    if (onDeath === 'report') {
      onLog(`${name} ${how}. See ${logFile}`);
      onFatal?.(`${name} ${how}`);
      return;
    }
    onLog(`${name} ${how}; starting it again. See ${logFile}`);
    void this.#revive();
  }

  async #revive(): Promise<void> {
    await delay(this.#pauseMs, undefined, { ref: false });
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    if (this.#closed) return;
    try {
      await this.#launch();
      this.#options.onLog(`${this.#options.name} is back`);
    } catch (error) {
      if (this.#closed) return;
      this.#died(error instanceof Error ? error.message : String(error));
    }
  }
}

/** The end of a log, for an error message: the folder may be gone when somebody looks. */
function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}
