import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LocalFileStorage } from '../src/adapters/local-file-storage';
import { FilesService } from '../src/services/platform/files.service';
import { Outdial } from './support/outdial';

const DAY_MS = 24 * 60 * 60_000;

let outdial: Outdial;
let root: string;
let storage: LocalFileStorage;
beforeAll(async () => {
  outdial = await Outdial.start();
  root = await mkdtemp(join(tmpdir(), 'outdial-storage-'));
  storage = await LocalFileStorage.create(root);
});
afterAll(async () => {
  await rm(root, { recursive: true, force: true });
  await outdial.close();
});

const put = async (key: string, ...parts: string[]) => {
  for (const [index, part] of parts.entries()) await storage.append(key, index + 1, Readable.from([part]));
  return storage.complete(key, parts.length);
};

it('puts parts together in their order, however they come and however often', async () => {
  const key = 'recordings/1/2026/11/parts.webm';
  for (const [part, content] of [
    [3, 'three'],
    [1, 'broken'],
    [2, 'two '],
    [1, 'one '],
  ] as const)
    await storage.append(key, part, Readable.from([content]));
  expect(await storage.stat(key)).toBeNull();
  expect(await storage.complete(key, 3)).toMatchObject({ key, sizeBytes: 13 });
  expect(await text(await storage.open(key))).toBe('one two three');
  expect(await text(await storage.open(key, { start: 4, end: 6 }))).toBe('two');
  expect(
    await readdir(join(root, 'parts'), { recursive: true, withFileTypes: true }).then((all) =>
      all.filter((entry) => entry.isFile()),
    ),
  ).toEqual([]);
});

it('leaves nothing of a part that breaks off, and the one before as it was', async () => {
  const key = 'sheets/1/2026/11/broken.csv';
  await storage.append(key, 1, Readable.from(['whole']));
  const breaking = Readable.from(
    (async function* () {
      yield 'half';
      throw new Error('the connection broke');
    })(),
  );
  await expect(storage.append(key, 1, breaking)).rejects.toThrow('the connection broke');
  await storage.complete(key, 1);
  expect(await text(await storage.open(key))).toBe('whole');
});

it('keeps files to itself, and keys inside', async () => {
  const key = 'sheets/1/2026/11/private.csv';
  await put(key, 'x');
  expect((await stat(join(root, key))).mode & 0o077).toBe(0);
  for (const outside of ['../x', '/etc/passwd', 'sheets/../../x'])
    await expect(storage.stat(outside)).rejects.toThrow('may not leave');
  await storage.remove(key);
  await storage.remove(key);
  expect(await storage.stat(key)).toBeNull();
  await expect(storage.open(key)).rejects.toThrow();
});

it('says what is stored and not listed, and what is listed and not stored, once it has settled', async () => {
  const files = new FilesService(outdial.db, storage);
  const organizationId = await outdial.organization();
  const [listed, unlisted, fresh] = ['listed', 'unlisted', 'fresh'].map(
    (name) => `recordings/${organizationId}/2026/11/${name}.webm`,
  ) as [string, string, string];
  for (const key of [listed, unlisted, fresh]) await put(key, 'sound');
  const old = new Date(Date.now() - 2 * DAY_MS);
  for (const key of [listed, unlisted]) await utimes(join(root, key), old, old);
  const row = { organizationId, sizeBytes: 5, createdAt: old };
  await outdial.db.storedFile.create({ data: { ...row, key: listed } });
  await outdial.db.storedFile.create({ data: { ...row, key: 'recordings/gone.webm' } });
  await outdial.db.storedFile.create({
    data: { ...row, key: 'recordings/coming.webm', createdAt: new Date() },
  });
  expect(await files.orphans(new Date())).toEqual({
    unlisted: [unlisted],
    missing: ['recordings/gone.webm'],
  });
  // Nothing was touched.
  expect(await readFile(join(root, unlisted), 'utf8')).toBe('sound');
});

it('sweeps uploads that nobody waits for any more', async () => {
  const { path } = outdial.core.incoming;
  await writeFile(join(path, 'abandoned'), 'x');
  await writeFile(join(path, 'arriving'), 'x');
  const old = new Date(Date.now() - 2 * DAY_MS);
  await utimes(join(path, 'abandoned'), old, old);
  expect(await outdial.core.incoming.sweep(new Date())).toBe(1);
  expect(await readdir(path)).toEqual(['arriving']);
});
