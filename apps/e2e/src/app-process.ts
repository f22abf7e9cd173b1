import type { Supervisor } from '@outdial/stack/supervisor';

/** One of our own processes, which a test may let die. */
export class AppProcess {
  readonly #supervisor: Supervisor;

  constructor(supervisor: Supervisor) {
    this.#supervisor = supervisor;
  }

  /** Dies as in a power cut and stays away: its keeper is told not to start it again. */
  async kill(): Promise<void> {
    const { pid } = this.#supervisor;
    if (pid === undefined) throw new Error('It does not run.');
    process.kill(pid, 'SIGKILL');
    await this.#supervisor.stop();
  }

  /** Starts it again on its port; resolves when it is ready. */
  revive(): Promise<void> {
    return this.#supervisor.restart();
  }

  stop(): Promise<void> {
    return this.#supervisor.stop();
  }
}
