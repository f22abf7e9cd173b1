import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Child, describeExit } from './child';
import { Liveness, type LivenessOptions } from './liveness';
import { RestartPolicy, TOO_MANY_DEATHS } from './restart-policy';

export interface SupervisorOptions {
  readonly name: string;
  readonly spawn: () => Child;
  /** Resolves true once the process answers by its own protocol. Called again after every restart. */
  readonly ready: (child: Child) => Promise<boolean>;
  /** Whether it still does, asked every second from then on. What stays mute is ended and started again. */
  readonly probe: LivenessOptions['probe'];
  /** One line for a person: what died, how, what was done. */
  readonly onLog: (line: string) => void;
  readonly logFile: string;
  /** How often it is asked and how long it may owe an answer; a second and three by default. */
  readonly liveness?: Pick<LivenessOptions, 'tickMs' | 'patienceMs'>;
  /** Of its own by default; a test is less patient. */
  readonly policy?: RestartPolicy;
}

/**
 * Owns one process over its restarts. Every part of the stack has one. What once ran is started again for ever: the
 * others are of use without it, and conversations go on without most of them.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #policy: RestartPolicy;
  #child: Child | undefined;
  #liveness: Liveness | undefined;
  #closed = false;

  private constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#policy = options.policy ?? new RestartPolicy();
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
    this.#liveness?.close();
    await this.#child?.stop();
    await this.#launch();
  }

  /** Stops it for good. Idempotent. */
  async stop(): Promise<void> {
    this.#closed = true;
    this.#liveness?.close();
    await this.#child?.stop();
  }

  async #launch(): Promise<void> {
    const { name, logFile } = this.#options;
    this.#closed = false;
    const failure = await this.#attempt();
    if (failure !== undefined)
      throw new Error(`${name} ${failure}. See ${logFile}, which ends:\n${lastLines(logFile)}`);
  }

  /** @returns what went wrong, if it did not become ready */
  async #attempt(): Promise<string | undefined> {
    const child = this.#options.spawn();
    this.#child = child;
    if (!(await this.#options.ready(child))) {
      const failure = child.exit === undefined ? 'did not become ready' : describeExit(child.exit);
      await child.stop();
      return failure;
    }
    const liveness = this.#watch(child);
    void child.exited.then((exit) => {
      liveness?.close();
      if (!child.stopping && !this.#closed) this.#died(describeExit(exit));
    });
    return undefined;
  }

  #watch(child: Child): Liveness | undefined {
    const { name, probe, onLog, liveness } = this.#options;
    if (child.pid === undefined) return undefined;
    const onMute = () => {
      onLog(`${name} runs but does not answer; ending it`);
      child.kill();
    };
    this.#liveness = new Liveness({ ...liveness, pid: child.pid, probe, onMute });
    return this.#liveness;
  }

  #died(how: string): void {
    const { name, onLog, logFile } = this.#options;
    const { pauseMs, tooOften } = this.#policy.died(performance.now());
    const often = tooOften ? `, ${TOO_MANY_DEATHS} times in a row` : '';
    onLog(`${name} ${how}${often}; starting it again. See ${logFile}`);
    void this.#revive(pauseMs);
  }

  async #revive(pauseMs: number): Promise<void> {
    await delay(pauseMs, undefined, { ref: false });
    if (this.#closed) return;
    // No memory for another process, say: nothing that should end the run at the first try.
    const failure = await this.#attempt().catch((error: unknown) => `could not be started: ${String(error)}`);
    if (this.#closed) return;
    if (failure === undefined) this.#options.onLog(`${this.#options.name} is back`);
    else this.#died(failure);
  }
}

/** The end of a log, for an error message: the folder may be gone when somebody looks. */
function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
}
