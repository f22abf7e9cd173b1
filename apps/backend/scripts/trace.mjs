// Copies what the built entry points need, and nothing else, to a folder: node scripts/trace.mjs FOLDER
//
// A production install would not do: packages name one another as peers (better-auth the page's framework and several
// test runners), and npm brings those along, 900 MB in all.
import { spawnSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { nodeFileTrace } from '@vercel/nft';
import { options } from './bundle.mjs';

const root = resolve(import.meta.dirname, '../../..');
const [, , folder] = process.argv;
if (!folder) throw new Error('Say where to: node scripts/trace.mjs FOLDER');

/** Packages whose files are sent to browsers: no import names them. */
const SENT = ['swagger-ui-dist', '@bull-board/ui'];
/** Our own workspaces are in the bundles; the trace finds their manifests all the same. */
const BUNDLED = /^(packages|node_modules\/@outdial)\//;

const entries = Object.keys(options.entryPoints).map((name) => resolve('dist', `${name}.js`));
/** How Node chooses among a package's files; `module-sync` since 20.19, and the tracer does not see it everywhere. */
const CONDITIONS = [['node'], ['node', 'module-sync']];

const files = new Set();
for (const conditions of CONDITIONS) {
  const { fileList } = await nodeFileTrace(entries, { base: root, processCwd: root, conditions });
  for (const path of fileList) files.add(path);
}
const require = createRequire(import.meta.url);
for (const name of SENT) files.add(relative(root, dirname(require.resolve(`${name}/package.json`))));
for (const path of files)
  if (!BUNDLED.test(path))
    await cp(join(root, path), join(folder, path), { recursive: true, verbatimSymlinks: true });

// Without settings each says so and ends; what is missing would be missed before that.
for (const entry of entries) {
  const { stderr } = spawnSync(process.execPath, [join(folder, relative(root, entry))], {
    env: {},
    timeout: 30_000,
  });
  if (/Cannot find (module|package)/.test(String(stderr))) throw new Error(`${entry}: ${stderr}`);
}
