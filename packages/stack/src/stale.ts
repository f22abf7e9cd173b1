import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from './wait';

/** Set in every child: the folder it works for. */
export const OWNER_VARIABLE = 'OUTDIAL_STACK_DIR';

/**
 * Ends what an earlier run of the same folder left behind (killed with SIGKILL, power cut without reboot)
 * and removes its pid files. A pid may belong to a stranger by now, so a process is touched only if its
 * environment says that it was started for this folder.
 * @returns the names of the processes that had to be ended
 */
export async function endStaleProcesses(runDir: string, ownedDir: string): Promise<string[]> {
  const ended: string[] = [];
  for (const file of readdirSync(runDir).filter((name) => name.endsWith('.pid'))) {
    const path = join(runDir, file);
    const pid = Number.parseInt(readFileSync(path, 'utf8'), 10);
    if (Number.isInteger(pid) && pid > 1 && belongsTo(pid, ownedDir)) {
      await endProcess(pid);
      ended.push(file.replace(/\.pid$/, ''));
    }
    rmSync(path, { force: true });
  }
  return ended;
}

/** True while a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists, but is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function endProcess(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  // MariaDB writes its pages out first.
  const gone = await waitUntil(() => !isAlive(pid), { timeoutMs: 15_000 });
  if (!gone) signal(pid, 'SIGKILL');
}

function belongsTo(pid: number, dir: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${OWNER_VARIABLE}=${dir}`);
  } catch {
    return false;
  }
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in the meantime.
  }
}
