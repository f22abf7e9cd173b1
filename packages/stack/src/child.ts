import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { findProgram } from './programs';
import { OWNER_VARIABLE } from './stale';

export interface ChildOptions {
  /** Word for messages: `kamailio`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to the few variables every child gets (PATH, HOME, LANG, TMPDIR). */
  readonly env?: Readonly<Record<string, string>>;
  /** Give the child this process's whole environment first; for our own Node programs. */
  readonly inheritEnv?: boolean;
  readonly logFile: string;
  /** The stack's folder; put into the child's environment, by which a later run knows its own (`stale.ts`). */
  readonly ownerDir: string;
  /** Drop standard output (sipp draws a screen on it) and keep only standard error. */
  readonly discardStdout?: boolean;
  /** How long SIGTERM may take before SIGKILL, in ms. */
  readonly stopTimeoutMs?: number;
}

export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Says how a process ended, for one line of output. */
export function describeExit({ code, signal }: ChildExit): string {
  return signal === null ? `exited with code ${code ?? 'unknown'}` : `was ended by ${signal}`;
}

/**
 * One child process with a log file.
 *
 * The child gets its own process group, so that Ctrl-C in a terminal reaches only the parent, which then
 * stops its children in order. `setpriv --pdeathsig` asks Linux to end the child when the parent dies in
 * any way, SIGKILL included; `stale.ts` is the second net.
 */
export class Child {
  /** Resolves when the process has ended. Never rejects. */
  readonly exited: Promise<ChildExit>;
  readonly #process: ChildProcess;
  readonly #options: ChildOptions;
  #exit: ChildExit | undefined;
  #stopping = false;

  constructor(options: ChildOptions) {
    this.#options = options;
    const log = openLog(options.logFile);
    const setpriv = findProgram('setpriv');
    const argv = [options.command, ...options.args];
    const [command = options.command, ...args] =
      setpriv === undefined ? argv : [setpriv, '--pdeathsig', 'TERM', '--', ...argv];
    this.#process = spawn(command, args, {
      cwd: options.cwd,
      env: {
        ...(options.inheritEnv ? process.env : baseEnv()),
        ...options.env,
        [OWNER_VARIABLE]: options.ownerDir,
      },
      stdio: ['ignore', options.discardStdout ? 'ignore' : log, log],
      detached: true,
    });
    closeSync(log);
    this.exited = new Promise((resolve) => {
      const end = (exit: ChildExit) => {
        this.#exit = exit;
        // Workers outlive a main process that was killed, and would keep its ports.
        this.kill();
        resolve(exit);
      };
      this.#process.once('exit', (code, signal) => end({ code, signal }));
      this.#process.once('error', () => end({ code: 127, signal: null }));
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** How it ended, or undefined while it runs. */
  get exit(): ChildExit | undefined {
    return this.#exit;
  }

  /** True once `stop()` was called: an exit is then no accident. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** SIGTERM, then SIGKILL. Idempotent; resolves when the process is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#exit !== undefined) return;
    this.#process.kill('SIGTERM');
    // One that is stopped would not hear of it.
    this.#process.kill('SIGCONT');
    const timer = setTimeout(() => this.kill(), this.#options.stopTimeoutMs ?? 5000);
    await this.exited;
    clearTimeout(timer);
  }

  /** SIGKILL to the whole process group: Kamailio is a main process and a dozen workers. Also ends what is stopped. */
  kill(): void {
    if (this.#process.pid === undefined) return;
    try {
      process.kill(-this.#process.pid, 'SIGKILL');
    } catch {
      // Gone in the meantime.
    }
  }
}

/** Opens a log for appending; beyond 10 MB the old one becomes `.1`. */
function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true });
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 10 * 1024 * 1024) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** What a foreign program needs, and nothing that could change its behaviour or leak a secret to it. */
function baseEnv(): Record<string, string> {
  const env: Record<string, string> = { LC_ALL: 'C.UTF-8' };
  for (const name of ['PATH', 'HOME', 'TMPDIR']) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}
