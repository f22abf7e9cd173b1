// Bundles the entry points at each change, and runs one of them anew: node scripts/watch.mjs server
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'chokidar';
import { context } from 'esbuild';
import { options } from './bundle.mjs';

/** A process that drains longer than this is not waited for: whoever saves a file wants to see it. */
const STOP_MS = 300;

const entry = process.argv[2] ?? 'server';
const names = [entry, 'sheet-reader.worker', 'audio-assembly.worker'];
/** Sources that end up in the bundle. */
const SOURCES = ['src', '../../packages/contracts/src', '../../packages/sheets/src'];
/** An editor writes a file in several steps. */
const GATHER_MS = 30;
/** One folder for each, since two of these write at the same time. */
const outdir = `dist/dev-${entry}`;

let child = null;
let work = Promise.resolve();
let timer = null;

async function stop() {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(impatient);
}

const bundle = await context({
  ...options,
  entryPoints: Object.fromEntries(names.map((name) => [name, options.entryPoints[name]])),
  outdir,
});

async function runAnew() {
  try {
    await bundle.rebuild();
  } catch {
    // esbuild has said what is wrong; what runs goes on.
    return;
  }
  await stop();
  child = spawn(process.execPath, ['--enable-source-maps', `${outdir}/${entry}.js`], { stdio: 'inherit' });
}

function changed() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    work = work.then(runAnew);
  }, GATHER_MS);
}

// esbuild's own watching polls, and may take two seconds to see a change.
const watcher = watch(SOURCES, { ignoreInitial: true }).on('all', changed);
changed();

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, async () => {
    await watcher.close();
    clearTimeout(timer);
    await work;
    await stop();
    await bundle.dispose();
    process.exit(0);
  });
