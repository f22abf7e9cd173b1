import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROBES, type Probe } from './probes';
import { RULES } from './rules';

/** Runs the command as everyone does, on a folder that holds these files alone. */
const root = mkdtempSync(join(tmpdir(), 'outdial-layers-'));
afterAll(() => rmSync(root, { recursive: true }));

function write({ file, source }: Probe): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), `${source}\n`);
}

function run(...args: string[]) {
  const main = join(import.meta.dirname, 'main.ts');
  return spawnSync(process.execPath, ['--import', 'tsx', main, '--root', root, ...args], {
    encoding: 'utf8',
  });
}

/** Rules that the files of a folder broke, by file. */
function findings(): Map<string, string[]> {
  const { stdout, stderr } = run('--json');
  if (!stdout) throw new Error(stderr);
  const found = JSON.parse(stdout) as { file: string; rule: string }[];
  const byFile = new Map<string, string[]>();
  for (const { file, rule } of found) byFile.set(file, [...(byFile.get(file) ?? []), rule]);
  return byFile;
}

const all = Object.entries(PROBES);
for (const name of ['backend', 'agentic', 'frontend', 'e2e'])
  write({ file: `apps/${name}/package.json`, source: `{ "name": "@outdial/${name}" }` });
for (const name of ['contracts', 'sheets', 'stack', 'telephony'])
  write({ file: `packages/${name}/package.json`, source: `{ "name": "@outdial/${name}" }` });
for (const [, { broken, kept }] of all) [...broken, ...kept].forEach(write);
const found = findings();

describe('layer rules', () => {
  it('each have probes, on a file of their own each', () => {
    expect(all.map(([name]) => name).sort()).toEqual(RULES.map(({ name }) => name).sort());
    const files = all.flatMap(([, { broken, kept }]) => [...broken, ...kept].map(({ file }) => file));
    expect(files).toEqual([...new Set(files)]);
    for (const [, { broken, kept }] of all) expect(Math.min(broken.length, kept.length)).toBeGreaterThan(0);
  });

  describe.each(all)('%s', (name, { broken, kept }) => {
    it.each(broken)('reports $file: $source', ({ file }) => expect(found.get(file)).toEqual([name]));
    it.each(kept)('lets $file be: $source', ({ file }) => expect(found.get(file)).toBeUndefined());
  });

  it('are named with their reason, and fail the command', () => {
    const { status, stderr } = run();
    expect(status).toBe(1);
    for (const { name, why } of RULES) expect(stderr).toContain(`${name}: ${why}`);
    expect(stderr).toContain("apps/backend/src/services/p12.ts:1 imports 'bullmq'");
  });
});
