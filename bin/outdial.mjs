#!/usr/bin/env node
// First thing that runs in a fresh clone: plain JavaScript, no dependencies. It makes sure that Node and the npm
// packages are there, then hands over to packages/stack/src/cli/<command>.ts.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = [20, 19];
const COMMANDS = {
  start: 'start.ts',
  dev: 'dev.ts',
  test: 'test.ts',
  'test:mutations': 'mutations.ts',
  'test:load': 'load.ts',
  'test:faults': 'faults.ts',
  bench: 'bench.ts',
  'db:migrate': 'db-migrate.ts',
  'db:seed': 'db-seed.ts',
};

function fail(message) {
  console.error(message);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  fail(
    `Outdial needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. Get it from https://nodejs.org`,
  );
}

/** What npm wrote down after the last install, against what the lockfile asks for. */
function packagesAreInstalled() {
  const written = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(written)) return false;
  const installed = JSON.parse(readFileSync(written, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      !path.includes('node_modules/') ||
      entry.optional ||
      entry.devOptional ||
      entry.peer ||
      (entry.link ? path in installed : installed[path]?.version === entry.version),
  );
}

function installPackages() {
  console.log('Installing npm packages …');
  const { npm_execpath: npm } = process.env;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  const { status } = spawnSync(command, [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status !== 0) fail('npm ci failed. Fix what it says above, then run the same command again.');
}

const [command = ''] = process.argv.slice(2);
if (!Object.hasOwn(COMMANDS, command)) fail(`Usage: outdial ${Object.keys(COMMANDS).join(' | ')}`);

checkNode();
if (!packagesAreInstalled()) installPackages();

process.chdir(ROOT);
// In this process rather than in a child: one process gets the signals, and one less is waited for.
const { register } = await import('tsx/esm/api');
register();
process.argv.splice(1, 2, join(ROOT, 'packages/stack/src/cli', COMMANDS[command]));
await import(pathToFileURL(process.argv[1]).href);
