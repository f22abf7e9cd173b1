import { readdirSync, readFileSync } from 'node:fs';
import { waitUntil } from './wait';

/** Set in every child, and inherited by its own: the folder it works for. */
export const OWNER_VARIABLE = 'OUTDIAL_STACK_DIR';

/**
 * Ends what an earlier run of the same folder left behind, for example Kamailio's workers after a kill -9
 * of all the rest. Goes by the environment that processes were started with rather than by pid files: a pid
 * may belong to a stranger by now.
 * @returns the names of the programs that had to be ended
 */
export async function endStaleProcesses(dir: string): Promise<string[]> {
  const pids = processesOf(dir);
  const names = new Set(pids.map(programName));
  for (const pid of pids) signal(pid, 'SIGTERM');
  // MariaDB writes its pages out first.
  const gone = await waitUntil(() => processesOf(dir).length === 0, { timeoutMs: 15_000 });
  if (!gone) for (const pid of processesOf(dir)) signal(pid, 'SIGKILL');
  return [...names];
}

function processesOf(dir: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid && isOwnedBy(pid, dir));
}

function isOwnedBy(pid: number, dir: string): boolean {
  return readProc(pid, 'environ').split('\0').includes(`${OWNER_VARIABLE}=${dir}`);
}

function programName(pid: number): string {
  return readProc(pid, 'comm').trim();
}

/** Empty for a process that is gone or another user's. */
function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in the meantime.
  }
}

/** True while a process with this id runs a command line with the given word: ids are used again. */
export function isAlive(pid: number, word: string): boolean {
  return Number.isInteger(pid) && readProc(pid, 'cmdline').includes(word);
}
