// Copies what the built entry points need, and nothing else, to a folder: node scripts/trace.mjs FOLDER
//
// A production install would not do: packages name one another as peers (better-auth the page's framework and several
// test runners), and npm brings those along, 900 MB in all.
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
const { fileList } = await nodeFileTrace(entries, { base: root, processCwd: root });
const require = createRequire(import.meta.url);
const sent = SENT.map((name) => relative(root, dirname(require.resolve(`${name}/package.json`))));
for (const path of [...fileList, ...sent])
  if (!BUNDLED.test(path))
    await cp(join(root, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
