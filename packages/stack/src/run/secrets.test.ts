import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder';
import { loadSecrets } from './secrets';

it('makes secrets once, for their owner only', async () => {
  const dir = temporaryFolder();
  const first = await loadSecrets(dir);
  expect(Buffer.from(first.ENCRYPTION_KEY, 'base64')).toHaveLength(32);
  expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(await loadSecrets(dir)).toEqual(first);
});

it('makes others for another clone', async () => {
  expect(await loadSecrets(temporaryFolder())).not.toEqual(await loadSecrets(temporaryFolder()));
});

it('does not replace a damaged file, which would lose what was encrypted', async () => {
  const dir = temporaryFolder();
  writeFileSync(join(dir, 'secrets.json'), '{"AUTH_SECRET":"x"}');
  await expect(loadSecrets(dir)).rejects.toThrow(/not complete/);
});

it('adds a secret of the phones that an earlier version did not have', async () => {
  const dir = temporaryFolder();
  const { SIP_SWITCH_SECRET: _, ...before } = await loadSecrets(dir);
  writeFileSync(join(dir, 'secrets.json'), JSON.stringify(before));
  const after = await loadSecrets(dir);
  expect(after).toMatchObject(before);
  expect(after.SIP_SWITCH_SECRET.length).toBeGreaterThan(40);
  expect(await loadSecrets(dir)).toEqual(after);
});
