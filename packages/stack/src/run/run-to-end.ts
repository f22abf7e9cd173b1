import { readFileSync } from 'node:fs';
import { Child, describeExit } from '../child';
import { SetupError } from '../system-packages';
import { APPS_OWNER, ROOT } from './settings';

export interface RunToEndOptions {
  /** Subject of the error message: `The build`. */
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

const running = new Set<Child>();

/** Runs a program that ends by itself. @throws SetupError with the last lines it said */
export async function runToEnd(options: RunToEndOptions): Promise<void> {
  const child = new Child({
    ...options,
    name: options.what,
    cwd: ROOT,
    inheritEnv: true,
    ownerDir: APPS_OWNER,
  });
  running.add(child);
  const exit = await child.exited;
  running.delete(child);
  if (child.stopping) throw new SetupError(`${options.what} was stopped.`);
  if (exit.code === 0) return;
  const said = readFileSync(options.logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
  throw new SetupError(`${options.what} ${describeExit(exit)}:\n${said}\n\nAll of it: ${options.logFile}`);
}

/** For Ctrl-C in the middle of a build. */
export async function stopWhatRuns(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()));
}
