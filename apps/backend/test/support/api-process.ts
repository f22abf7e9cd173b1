import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Outdial } from './outdial';

/** A real API process beside the one of the test, built as `npm start` runs it, on a port of its own. */
export class ApiProcess {
  static async start({ env }: Outdial): Promise<ApiProcess> {
    const { DATABASE_URL, REDIS_URL, REDIS_PREFIX, UPLOADS_DIR } = env;
    const { AUTH_SECRET, ENCRYPTION_KEY, SIP_EPHEMERAL_SECRET = '', SIP_SWITCH_SECRET = '' } = env;
    const child = spawn(process.execPath, ['dist/server.js'], {
      cwd: resolve(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        ...{ NODE_ENV: 'test', PORT: '0', LOG_LEVEL: 'info', DATABASE_URL, REDIS_URL, REDIS_PREFIX },
        ...{ AUTH_SECRET, ENCRYPTION_KEY, SIP_EPHEMERAL_SECRET, SIP_SWITCH_SECRET, UPLOADS_DIR },
      },
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const { msg, address } = JSON.parse(line) as { msg: string; address?: { port: number } };
      if (msg === 'listening' && address) return new ApiProcess(child, child.stdout, address.port);
    }
    throw new Error('The API process ended before it listened.');
  }

  #logged = '';

  private constructor(
    private readonly child: ChildProcess,
    stdout: NodeJS.ReadableStream,
    readonly port: number,
  ) {
    stdout.on('data', (chunk: Buffer) => {
      this.#logged += chunk.toString();
    });
  }

  /** What it has logged since it listens. */
  get logged(): string {
    return this.#logged;
  }

  /** Resolves when the process is gone. @returns its exit code, or the signal that ended it */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string> {
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null) return exitCode ?? signalCode ?? '';
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    const [code, endedBy] = await exited;
    return code ?? endedBy;
  }
}
