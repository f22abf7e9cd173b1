import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { currentRun } from './run';

/** Asks the running Kamailio through its control socket. */
export async function kamcmd(...command: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('kamcmd', ['-s', 'unix:kamailio_ctl', ...command], {
    cwd: join(currentRun().stackDir, 'run'),
  });
  return stdout;
}

/** Conversations that the switch has up now. */
export async function conversations(): Promise<number> {
  return Number(/ongoing: (\d+)/.exec(await kamcmd('dlg.stats_active'))?.[1] ?? Number.NaN);
}

/** Lets the switch die as in a power cut; its keeper starts it again. */
export async function crashSwitch(): Promise<void> {
  const main = /PID:\s*(\d+)[\s\S]*?DSC:\s*main process - attendant/.exec(await kamcmd('core.psx'))?.[1];
  if (!main) throw new Error('The main process of the switch was not found.');
  process.kill(Number(main), 'SIGKILL');
}
