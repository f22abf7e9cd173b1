import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidBytes } from '../src/db/public-ids';
import {
  completeRecording,
  inChunks,
  partOf,
  recordedWebm,
  report,
  sendChunk,
  upload,
} from './support/fixtures';
import { Outdial, type TestUser } from './support/outdial';

const run = promisify(execFile);

let outdial: Outdial;
let agent: TestUser;
let colleague: TestUser;
let sound: Buffer;
let chunks: Buffer[];
beforeAll(async () => {
  outdial = await Outdial.start();
  const organization = await outdial.organization();
  agent = await outdial.user(organization, 'agent');
  colleague = await outdial.user(organization, 'agent');
  sound = await recordedWebm(9);
  chunks = inChunks(sound);
});
afterAll(() => outdial.close());

async function dial(): Promise<string> {
  const id = uuidv7();
  await agent.api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
  return id;
}

const callNow = async (id: string) => (await agent.api.get(`/api/calls/${id}`).expect(200)).body;

async function sendAll(id: string, which = chunks, part = 0): Promise<void> {
  for (const [n, chunk] of which.entries()) await sendChunk(agent, id, n, chunk, part).expect(204);
}

/** The recording once the worker has put it together. */
async function assembled(id: string, status = 'complete') {
  await expect.poll(async () => (await callNow(id)).recording?.status, { timeout: 20_000 }).toBe(status);
  return (await callNow(id)).recording;
}

/** What a decoder that counts samples makes of it: seconds, and how loud each tenth of a second is. */
async function decoded(id: string) {
  const row = await outdial.db.recording.findFirstOrThrow({
    where: { call: { uuid: uuidBytes(id) } },
    include: { file: true },
  });
  const path = join(outdial.env.UPLOADS_DIR, row.file.key);
  const raw = ['-v', 'error', '-i', path, '-ac', '1', '-ar', '8000', '-f', 's16le', 'pipe:1'];
  const { stdout } = await run('ffmpeg', raw, { encoding: 'buffer', maxBuffer: 2 ** 28 });
  const samples = new Int16Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
  const loud = (fromS: number, toS: number) =>
    samples.subarray(fromS * 8000, toS * 8000).some((sample) => Math.abs(sample) > 1_000);
  return { path, seconds: samples.length / 8_000, loud };
}

const arriving = async (id: string) => {
  const folder = join(outdial.env.UPLOADS_DIR, 'arriving', String(agent.organizationId));
  return (await readdir(folder).catch((): string[] => [])).includes(id);
};

describe('a recording in chunks', () => {
  it('is filed apart from its report, and put together when all of it has come', async () => {
    const id = await dial();
    for (const [n, chunk] of chunks.entries()) {
      await sendChunk(agent, id, n, chunk).expect(204);
      // The call ends while its recording is on its way.
      if (n === 3) {
        const { callId, ...body } = report(id);
        await agent.api.put(`/api/calls/${callId}/report`).send(body).expect(204);
        expect(await callNow(id)).toMatchObject({ status: 'answered', talkMs: 8_000, recording: null });
      }
    }
    const { body } = await completeRecording(agent, id, partOf(chunks)).expect(200);
    expect(body).toEqual({ missing: [] });
    const recording = await assembled(id);
    expect(Math.abs(recording.durationMs - 9_000)).toBeLessThan(100);
    expect(await arriving(id)).toBe(false);
    expect(await outdial.db.recordingChunk.count({ where: { call: { uuid: uuidBytes(id) } } })).toBe(0);
    const { path, seconds } = await decoded(id);
    expect(Math.abs(seconds - 9)).toBeLessThan(0.1);
    // The index stands before the sound: EBML ids of Cues and Cluster (RFC 9559 §5.1). SeekHead names Cues, too.
    const head = (await readFile(path)).subarray(0, 4_000).toString('hex');
    const index = head.search(/(?<!53ab84)1c53bb6b/);
    expect(index).toBeGreaterThan(0);
    expect(index).toBeLessThan(head.indexOf('1f43b675'));
  });

  it('takes each chunk, and its completion, again and again', async () => {
    const id = await dial();
    await sendAll(id);
    await sendAll(id);
    await Promise.all(
      Array.from({ length: 5 }, () => completeRecording(agent, id, partOf(chunks)).expect(200)),
    );
    await assembled(id);
    await sendAll(id, chunks.slice(0, 2));
    expect((await completeRecording(agent, id, partOf(chunks)).expect(200)).body).toEqual({ missing: [] });
    expect(await arriving(id)).toBe(false);
  });

  it('takes ten simultaneous sendings of a chunk as one', async () => {
    const id = await dial();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        sendChunk(agent, id, 0, chunks[1] as Buffer).then(({ status }) => status),
      ),
    );
    expect(new Set(answers)).toEqual(new Set([204]));
    const where = { call: { uuid: uuidBytes(id) } };
    expect(await outdial.db.recordingArrival.findFirstOrThrow({ where })).toMatchObject({ sizeBytes: 8_000 });
  });

  it('refuses another chunk with the same number, and one that is not what was sent', async () => {
    const id = await dial();
    const [one, two] = [Buffer.from('one'), Buffer.from('two')];
    await sendChunk(agent, id, 0, one).expect(204);
    expect((await sendChunk(agent, id, 0, two).expect(409)).body.code).toBe('conflict');
    // The same number of another part is another chunk.
    await sendChunk(agent, id, 0, two, 1).expect(204);
    const { body } = await agent.api
      .put(`/api/calls/${id}/recording/chunks/1`)
      .query({ sha256: '0'.repeat(64) })
      .type('application/octet-stream')
      .send(one)
      .expect(422);
    expect(body.code).toBe('chunk-damaged');
  });

  it('answers what is missing, and takes it then', async () => {
    const id = await dial();
    for (const n of [0, 1, 4]) await sendChunk(agent, id, n, chunks[n] as Buffer).expect(204);
    const { body } = await completeRecording(agent, id, partOf(chunks)).expect(200);
    expect(body.missing).toEqual([
      { part: 0, from: 2, to: 3 },
      { part: 0, from: 5, to: chunks.length - 1 },
    ]);
    expect((await callNow(id)).recording).toBeNull();
    await sendAll(id);
    const wrong = { ...partOf(chunks), root: '1'.repeat(64) };
    expect((await completeRecording(agent, id, wrong).expect(409)).body.code).toBe('conflict');
    await completeRecording(agent, id, partOf(chunks)).expect(200);
    await assembled(id);
  });

  it('is nobody else’s to send, and has bounds', async () => {
    const id = await dial();
    await sendChunk(colleague, id, 0, chunks[0] as Buffer).expect(404);
    await completeRecording(colleague, id, partOf(chunks)).expect(404);
    await sendChunk(agent, uuidv7(), 0, chunks[0] as Buffer).expect(404);
    await sendChunk(agent, id, 10_000, chunks[0] as Buffer).expect(400);
    await sendChunk(agent, id, 0, chunks[0] as Buffer, 100).expect(400);
    await sendChunk(agent, id, 0, Buffer.alloc(256 * 1024 + 1)).expect(413);
    await sendChunk(agent, id, 0, Buffer.alloc(0)).expect(400);
    await sendChunk(agent, id, 0, Buffer.alloc(256 * 1024)).expect(204);
    const where = { organizationId: agent.organizationId, call: { uuid: uuidBytes(id) } };
    await outdial.db.recordingArrival.updateMany({ where, data: { sizeBytes: 64 * 2 ** 20 - 2 } });
    await sendChunk(agent, id, 1, Buffer.from('xx')).expect(204);
    await sendChunk(agent, id, 2, Buffer.from('x')).expect(413);
  });

  it('is silent where the recorder stood still, and between the parts of a page that was loaded again', async () => {
    const id = await dial();
    const before = inChunks(await recordedWebm(3));
    const after = inChunks(await recordedWebm(2));
    await sendAll(id, before, 0);
    await sendAll(id, after, 1);
    const began = new Date();
    const again = new Date(began.getTime() + 5_000);
    await completeRecording(agent, id, partOf(before, 0, began), partOf(after, 1, again)).expect(200);
    const { durationMs } = await assembled(id);
    expect(Math.abs(durationMs - 7_000)).toBeLessThan(150);
    const { seconds, loud } = await decoded(id);
    expect(Math.abs(seconds - 7)).toBeLessThan(0.15);
    expect([loud(0.2, 2.8), loud(3.2, 4.8), loud(5.2, 6.8)]).toEqual([true, false, true]);
  });
});

describe('a recording that nobody completes', () => {
  /** Lets so much time pass, and has the worker look. */
  async function pass(ms: number): Promise<void> {
    outdial.clock.advance(ms);
    await outdial.core.services.recordingSweeper.sweep();
  }

  it('is put together of what came after ten minutes, but not before its call is over', async () => {
    const id = await dial();
    await sendAll(id, chunks.slice(0, 5));
    await pass(11 * 60_000);
    const where = { call: { uuid: uuidBytes(id) } };
    const { callId } = await outdial.db.recordingArrival.findFirstOrThrow({ where });
    const asked = () =>
      outdial.db.jobRequest.count({ where: { key: { startsWith: `recording.assemble:${callId}` } } });
    expect(await asked()).toBe(0);

    const { callId: _, ...body } = report(id);
    await agent.api.put(`/api/calls/${id}/report`).send(body).expect(204);
    await pass(1_000);
    const { durationMs } = await assembled(id, 'partial');
    expect(durationMs).toBeGreaterThan(2_000);
    expect(durationMs).toBeLessThan(8_000);

    // The browser comes back after all.
    await sendAll(id);
    await completeRecording(agent, id, partOf(chunks)).expect(200);
    const recording = await assembled(id);
    expect(Math.abs(recording.durationMs - 9_000)).toBeLessThan(100);
    expect(await arriving(id)).toBe(false);
  });

  it('holds silence where a chunk is gone', async () => {
    const id = await dial();
    const { callId: _, ...body } = report(id);
    await agent.api.put(`/api/calls/${id}/report`).send(body).expect(204);
    for (const [n, chunk] of chunks.entries()) if (n !== 4) await sendChunk(agent, id, n, chunk).expect(204);
    await pass(11 * 60_000);
    await assembled(id, 'partial');
    const { seconds } = await decoded(id);
    expect(Math.abs(seconds - 9)).toBeLessThan(0.15);
  });

  it.each([
    ['lost', (path: string) => rm(path)],
    ['spoilt', (path: string) => writeFile(path, 'not what was sent')],
  ])('says so when the disk has %s what had come', async (_what, damage) => {
    const id = await dial();
    await sendAll(id);
    const folder = join(outdial.env.UPLOADS_DIR, 'arriving', String(agent.organizationId), id);
    const [name] = (await readdir(folder)).filter((each) => each.startsWith('0-4-'));
    await damage(join(folder, name as string));
    await completeRecording(agent, id, partOf(chunks)).expect(200);
    await assembled(id, 'partial');
  });
});

describe('a waveform', () => {
  /** Header and values of an audiowaveform file. */
  const read = (file: Buffer) => ({
    header: Array.from({ length: 6 }, (_, index) => file.readInt32LE(4 * index)),
    values: new Int8Array(file.subarray(24)),
  });

  it('tells both channels twenty times a second, or twice', async () => {
    const id = await dial();
    await sendAll(id);
    await completeRecording(agent, id, partOf(chunks)).expect(200);
    const { peaksUrl } = await assembled(id);
    const fine = read((await agent.api.get(peaksUrl).buffer().expect(200)).body);
    expect(fine.header).toEqual([2, 1, 48_000, 2_400, expect.any(Number), 2]);
    expect(Math.abs((fine.header[4] as number) - 180)).toBeLessThanOrEqual(2);
    expect(fine.values.length).toBe(4 * (fine.header[4] as number));
    // ffmpeg's sine is an eighth of full scale: 16 of 128, up and down.
    for (const value of fine.values.subarray(40, 80)) expect(Math.abs(Math.abs(value) - 16)).toBeLessThan(4);
    const coarse = read((await agent.api.get(peaksUrl).query({ perSecond: 2 }).buffer().expect(200)).body);
    expect(coarse.header).toEqual([2, 1, 48_000, 24_000, Math.ceil((fine.header[4] as number) / 10), 2]);
    await colleague.api.get(peaksUrl).expect(404);
  });

  it('comes with what was uploaded in one request, too', async () => {
    const id = await dial();
    await upload(agent, report(id), sound).expect(200);
    const { peaksUrl, durationMs } = await assembled(id);
    await agent.api.get(peaksUrl).expect(200);
    expect(Math.abs(durationMs - 9_000)).toBeLessThan(100);
  });
});

// Last: a month later nobody is signed in any more.
it('gives up chunks that nobody completed after a month', async () => {
  const id = await dial();
  await sendAll(id, chunks.slice(0, 2));
  outdial.clock.advance(31 * 24 * 60 * 60_000);
  await outdial.core.services.recordingSweeper.forget();
  expect(await arriving(id)).toBe(false);
  expect(await outdial.db.recordingArrival.count({ where: { call: { uuid: uuidBytes(id) } } })).toBe(0);
});
