import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeRecording, partOf, report, sendChunk, stereoOpus, upload } from './support/fixtures';
import { Outdial, type TestUser } from './support/outdial';

/** A real disk of two megabytes, or the reason why there is none. */
const folder = await mkdtemp(join(tmpdir(), 'outdial-small-disk-'));
const refused = mount();

function mount(): string | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `no file system can be mounted here: ${(error as Error).message.trim().split('\n').at(-1)}`;
  }
}

describe.skipIf(refused)(`a full disk${refused ? ` (${refused})` : ''}`, () => {
  let outdial: Outdial;
  let agent: TestUser;
  let sound: Buffer;
  beforeAll(async () => {
    outdial = await Outdial.start({ UPLOADS_DIR: folder });
    agent = await outdial.user(await outdial.organization(), 'agent');
    sound = await stereoOpus();
  });
  afterAll(async () => {
    execFileSync('umount', [folder]);
    await outdial.close();
  });

  const ballast = join(folder, 'ballast');

  /** Leaves so many bytes, to the page. */
  async function leave(bytes: number): Promise<void> {
    await rm(ballast, { force: true });
    const { bavail, bsize } = await statfs(folder);
    await writeFile(ballast, Buffer.alloc(Math.max(0, Math.floor((bavail * bsize - bytes) / bsize) * bsize)));
  }

  async function dial(): Promise<string> {
    const id = uuidv7();
    await agent.api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
    return id;
  }

  const callNow = async (id: string) => (await agent.api.get(`/api/calls/${id}`).expect(200)).body;
  /** Files and folders below one of the storage's own. */
  const entries = (name: string) => readdir(join(folder, name), { recursive: true });

  it.each([
    ['arrive', 8192],
    ['be stored beside what arrived', 1.5],
  ])(
    'refuses a recording that has no space to %s, files its call, and takes it when there is space',
    async (_what, room) => {
      const id = await dial();
      await leave(room < 10 ? room * sound.length : room);
      const { body } = await upload(agent, report(id), sound).expect(507);
      expect(body).toEqual({
        success: false,
        code: 'storage-full',
        message: 'The server has no space left for files.',
      });
      await expect.poll(() => entries('incoming')).toEqual([]);
      expect((await entries('parts')).filter((path) => path.includes(id))).toEqual([]);
      // As the browser then does: the report alone, and the recording later.
      await upload(agent, report(id)).expect(200);
      expect(await callNow(id)).toMatchObject({ status: 'answered', talkMs: 8_000, recording: null });

      await rm(ballast);
      await upload(agent, report(id), sound).expect(200);
      expect(await callNow(id)).toMatchObject({ status: 'answered', recording: { id } });
    },
  );

  it('refuses a chunk that has no space, and takes it when there is space', async () => {
    const id = await dial();
    const chunk = Buffer.alloc(64 * 1024, 'sound');
    await leave(0);
    expect((await sendChunk(agent, id, 0, chunk).expect(507)).body.code).toBe('storage-full');
    expect(await entries(join('arriving', String(agent.organizationId), id))).toEqual([]);
    await rm(ballast);
    await sendChunk(agent, id, 0, chunk).expect(204);
    const { body } = await completeRecording(agent, id, partOf([chunk])).expect(200);
    expect(body).toEqual({ missing: [] });
  });

  it('refuses a sheet that has no space, with words', async () => {
    await leave(0);
    const { body } = await agent.api
      .post('/api/upload')
      .field('id', uuidv7())
      .attach('file', Buffer.alloc(64 * 1024, 'Ada,+12025550100\n'), 'leads.csv')
      .expect(507);
    expect(body).toMatchObject({ code: 'storage-full' });
    await expect.poll(() => entries('incoming')).toEqual([]);
  });

  it('is told by health, and costs readiness nothing', async () => {
    await leave(0);
    const health = async () => (await outdial.visitor().get('/api/health').expect(200)).body;
    await expect.poll(health, { timeout: 5_000 }).toMatchObject({ status: 'degraded', disk: 'full' });
    await outdial.visitor().get('/api/health/ready').expect(200);
  });
});
