/** What keeps a process alive: a part of the stack, or the keeper of one of our own processes. */
interface Keeper {
  readonly pid: number | undefined;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A process that a test may let die. */
export class MortalProcess {
  constructor(private readonly keeper: Keeper) {}

  /** Dies as in a power cut and stays away: its keeper is told not to start it again. */
  async kill(): Promise<void> {
    this.crash();
    await this.keeper.stop();
  }

  /** Dies as in a power cut; its keeper starts it again. */
  crash(): void {
    process.kill(this.#pid, 'SIGKILL');
  }

  /** Hangs with all its workers: it keeps its ports and answers nothing, until its keeper has had enough. */
  freeze(): void {
    process.kill(-this.#pid, 'SIGSTOP');
  }

  /** Starts it again on its port; resolves when it is ready. */
  revive(): Promise<void> {
    return this.keeper.restart();
  }

  stop(): Promise<void> {
    return this.keeper.stop();
  }

  get #pid(): number {
    const { pid } = this.keeper;
    if (pid === undefined) throw new Error('It does not run.');
    return pid;
  }
}
