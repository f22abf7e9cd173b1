import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT, type Run } from './run';

const run = promisify(execFile);

/** A command of the documentation, as it is installed. @returns what it prints */
export async function command({ databaseUrl }: Run, name: string, ...args: string[]): Promise<string> {
  const script = join(ROOT, 'apps/backend/dist', `${name}.js`);
  const env = { ...process.env, DATABASE_URL: databaseUrl };
  return (await run(process.execPath, [script, ...args], { env })).stdout;
}
