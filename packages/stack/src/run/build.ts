import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from './run-to-end';
import { ROOT, STATE_DIR } from './settings';

/** What the two apps are made from. */
const SOURCES = [
  ...['apps/backend', 'apps/frontend', 'prisma'],
  ...['packages/config', 'packages/contracts', 'packages/sheets', 'packages/telephony'],
  ...['package-lock.json', 'turbo.json', 'prisma.config.ts'],
];
/** What the build itself writes between them, and what it does not read. */
const NOT_SOURCES =
  /^(node_modules|dist|\.next|\.turbo|generated|test|samples|next-env\.d\.ts|.*\.tsbuildinfo)$/;
/** Without these a matching marker means nothing. */
const OUTPUTS = [
  'apps/backend/dist/server.js',
  'apps/backend/dist/worker.js',
  'apps/frontend/dist/server.js',
  'apps/frontend/.next/BUILD_ID',
];

const MARKER = join(STATE_DIR, 'build.hash');

/** Whether there is a build, of whatever sources. */
export function hasOutputs(): boolean {
  return OUTPUTS.every((path) => existsSync(join(ROOT, path)));
}

/** Whether the last build is of these very sources. */
function isBuilt(hash = hashSources()): boolean {
  return hasOutputs() && existsSync(MARKER) && readFileSync(MARKER, 'utf8').trim() === hash;
}

/**
 * Builds both apps unless that was done for these sources.
 * @returns whether there was anything to do
 * @throws with the end of the build's output if it fails
 */
export async function ensureBuilt(): Promise<boolean> {
  const hash = hashSources();
  if (isBuilt(hash)) return false;
  await runToEnd({
    what: 'The build',
    command: join(ROOT, 'node_modules/.bin/turbo'),
    args: ['run', 'build', '--filter=@outdial/backend', '--filter=@outdial/frontend'],
    env: { TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
    logFile: join(STATE_DIR, 'logs/build.log'),
  });
  await mkdir(STATE_DIR, { recursive: true });
  await writeFile(MARKER, `${hash}\n`);
  return true;
}

/** Names and contents of all source files; about 20 ms. */
function hashSources(): string {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES)
    for (const file of filesOf(source)) hash.update(file).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  const entry = statSync(join(ROOT, path), { throwIfNoEntry: false });
  if (entry === undefined) return [];
  if (entry.isFile()) return [path];
  return readdirSync(join(ROOT, path))
    .filter((name) => !NOT_SOURCES.test(name))
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`));
}
