import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { AudioAssembler, cutZeros } from '../src/adapters/audio-assembler';
import { report, stereoOpus, upload } from './support/fixtures';
import { Outdial, PASSWORD, type TestUser } from './support/outdial';

let outdial: Outdial;
let agent: TestUser;
let cookie: string;
let folder: string;
beforeAll(async () => {
  outdial = await Outdial.start();
  agent = await outdial.user(await outdial.organization(), 'agent');
  const credentials = { email: agent.email, password: PASSWORD };
  const { headers } = await outdial.visitor().post('/api/auth/sign-in').send(credentials).expect(200);
  cookie = [headers['set-cookie']]
    .flat()
    .map((value) => value?.split(';')[0])
    .join('; ');
  folder = await mkdtemp(join(tmpdir(), 'outdial-hostile-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await outdial.close();
});

/** What would have ended the process. */
const fatal: unknown[] = [];
const onFatal = (error: unknown) => void fatal.push(error);
beforeEach(() => process.on('unhandledRejection', onFatal));
afterEach(() => void process.off('unhandledRejection', onFatal));

const BOUNDARY = 'a-boundary';
const part = (name: string, value: string, file = '') =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
const recording = part('recording', 'sound', '; filename="call.webm"');

/** Sends the beginning of an upload, or all of it. */
function send(body: string, length = Buffer.byteLength(body)) {
  const sending = request(`${outdial.url}/api/cdr/upload`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': length,
    },
  });
  sending.on('error', () => undefined);
  sending.write(body);
  return sending;
}

const temporaryFiles = () => readdir(outdial.core.incoming.path);

async function stillAnswers(): Promise<void> {
  await expect.poll(temporaryFiles).toEqual([]);
  await outdial.visitor().get('/api/health').expect(200);
  expect(fatal).toEqual([]);
}

it.each([
  ['a field that is too long after the file', recording + part('report', 'x'.repeat(40_000))],
  [
    'too many fields after the file',
    recording + Array.from({ length: 8 }, (_, n) => part(`f${n}`, 'x')).join(''),
  ],
  ['a second file', recording + recording],
])('refuses an upload with %s, and goes on', async (_what, parts) => {
  const sending = send(`${parts}--${BOUNDARY}--\r\n`);
  sending.end();
  const [answer] = await once(sending, 'response');
  expect(answer.statusCode).toBe(400);
  answer.resume();
  await stillAnswers();
});

it('outlives a client that goes away between the file and the end of the upload', async () => {
  const sending = send(recording, 100_000);
  await expect.poll(temporaryFiles).toHaveLength(1);
  sending.destroy();
  await stillAnswers();
});

/** An EBML header and a Segment of unknown size (RFC 8794 §6.2), as MediaRecorder begins a file; then `tail`. */
const segment = (tail: Buffer) =>
  Buffer.concat([
    Buffer.from(
      '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff',
      'hex',
    ),
    tail,
  ]);

const ZEROS = Buffer.alloc(16);

it('answers on while a recording is read that has no end, and keeps it as it came', async () => {
  const id = uuidv7();
  await agent.api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
  // A cluster after the zeros: cutting the end off does not help.
  const endless = segment(Buffer.concat([ZEROS, Buffer.from('1f43b675', 'hex')]));
  const filing = upload(agent, report(id), endless).then((answer) => answer);
  await outdial.visitor().get('/api/health').timeout(2_000).expect(200);
  expect((await filing).status).toBe(200);
  const kept = { sizeBytes: endless.length, durationMs: 8_000, mimeType: 'audio/webm' };
  await expect
    .poll(async () => (await agent.api.get(`/api/calls/${id}`)).body.recording, { timeout: 40_000 })
    .toMatchObject({ ...kept, status: 'unreadable' });
}, 60_000);

it('gives up on a recording without end after its time', async () => {
  const assembler = new AudioAssembler({ timeoutMs: 2_000 });
  const path = join(folder, 'endless.webm');
  await writeFile(path, segment(Buffer.concat([ZEROS, Buffer.from('01', 'hex')])));
  const result = await assembler.assemble([{ path, startMs: 0 }], join(folder, 'out'), join(folder, 'peaks'));
  expect(['too-much-work', 'unreadable']).toContain(result.kind);
  await assembler.close();
});

it('reads a recording that a power cut left zeros behind', async () => {
  const id = uuidv7();
  const sound = await stereoOpus();
  await agent.api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
  await upload(agent, report(id), Buffer.concat([sound, Buffer.alloc(200_000)])).expect(200);
  await expect
    .poll(async () => (await agent.api.get(`/api/calls/${id}`)).body.recording.status, { timeout: 20_000 })
    .toBe('complete');
  const { body } = await agent.api.get(`/api/calls/${id}`).expect(200);
  expect(body.recording.durationMs).toBeLessThan(2_100);
});

it.each([
  [7, 7],
  [8, 0],
  [200_000, 0],
])('leaves of %i zeros at the end %i', async (zeros, left) => {
  const path = join(folder, `${zeros}`);
  await writeFile(path, Buffer.concat([Buffer.from('abc'), Buffer.alloc(zeros)]));
  await cutZeros(path);
  const { size } = await stat(path);
  expect(size).toBe(3 + left);
});

it('slows down who sends uploads without end', async () => {
  const busy = await outdial.user(await outdial.organization(), 'agent');
  const codes = new Map<string, number>();
  for (let n = 0; n < 250; n++) {
    const { body } = await busy.api.post('/api/upload').field('id', 'none');
    codes.set(body.code, (codes.get(body.code) ?? 0) + 1);
  }
  expect(Object.fromEntries(codes)).toEqual({ validation: 240, 'rate-limited': 10 });
});
