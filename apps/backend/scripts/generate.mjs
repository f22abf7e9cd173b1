// Generates the Prisma client. Prisma wants its native schema engine even for this, although it does not use
// it; where that binary could not be downloaded (offline, locked down) any executable satisfies the check.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const require = createRequire(import.meta.url);
const engines = dirname(require.resolve('@prisma/engines/package.json'));
const native = readdirSync(engines).some((file) => file.startsWith('schema-engine-'));

const result = spawnSync(
  process.execPath,
  [require.resolve('prisma/build/index.js'), 'generate', '--config', resolve(root, 'prisma.config.ts')],
  {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
      ...(!native &&
        !process.env.PRISMA_SCHEMA_ENGINE_BINARY && { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }),
    },
  },
);
if (result.status !== 0) process.stderr.write(`${result.stdout}${result.stderr}`);
process.exit(result.status ?? 1);
