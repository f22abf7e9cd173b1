import { readdirSync, readFileSync } from 'node:fs';

/**
 * What Linux tells of a process and its children in /proc (proc_pid_stat(5), proc-schedstat in the kernel's
 * documentation). Empty answers for what is gone or not told.
 */

/** Whether the process or one of its children is stopped by a signal (SIGSTOP), and so does nothing at all. */
export function isStopped(pid: number): boolean {
  return familyOf(pid).some((member) => stateOf(member) === 'T');
}

interface ThreadTimes {
  readonly isRunnable: boolean;
  /** On a processor, and waiting for one, since it began. The second is told when the wait is over. */
  readonly ranMs: number;
  readonly waitedMs: number;
}

/** Counts how long a process that wants to run has to wait for a processor: what is slow for want of one is not mute. */
export class RunQueueWait {
  readonly #pid: number;
  #before = new Map<string, ThreadTimes>();

  constructor(pid: number) {
    this.#pid = pid;
  }

  /**
   * @param passedMs since the last call
   * @returns how much of it the thread that waited longest has waited; 0 at first and where Linux does not tell
   */
  since(passedMs: number): number {
    const now = new Map(familyOf(this.#pid).flatMap(timesOfThreads));
    const waits = [...now].map(([thread, times]) => waitBetween(this.#before.get(thread), times, passedMs));
    this.#before = now;
    return Math.min(passedMs, Math.max(0, ...waits));
  }
}

function waitBetween(before: ThreadTimes | undefined, now: ThreadTimes, passedMs: number): number {
  if (!before) return 0;
  const isWaiting = now.isRunnable && before.isRunnable && now.ranMs === before.ranMs;
  return isWaiting ? passedMs : now.waitedMs - before.waitedMs;
}

function familyOf(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return [pid, ...children.flatMap(familyOf)];
}

function stateOf(pid: number): string {
  return stateIn(read(`/proc/${pid}/stat`));
}

/** The letter behind the program's name, which may itself hold brackets and spaces. */
function stateIn(stat: string): string {
  return stat.split(') ').at(-1)?.[0] ?? '';
}

function timesOfThreads(pid: number): [thread: string, ThreadTimes][] {
  const folder = `/proc/${pid}/task`;
  return list(folder).map((thread) => {
    const [ranNs = '', waitedNs = ''] = read(`${folder}/${thread}/schedstat`).split(' ');
    const isRunnable = stateIn(read(`${folder}/${thread}/stat`)) === 'R';
    return [thread, { isRunnable, ranMs: Number(ranNs) / 1e6, waitedMs: Number(waitedNs) / 1e6 }];
  });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
