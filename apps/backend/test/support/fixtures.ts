import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CallReport } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { vi } from 'vitest';
import { sha256 } from '../../src/adapters/sha256';
import type { TestUser } from './outdial';

const run = promisify(execFile);

/** Ten leads: +1 202 555 0100 to 0109. */
export const TEN_LEADS = [
  'Name,Phone,City',
  ...Array.from({ length: 10 }, (_, n) => `Lead ${n},+1202555010${n},Town ${n}`),
].join('\n');

export const MAPPING = { headerLine: 1, phoneColumns: [1], nameColumns: [0] };

/** Asks for the import of an uploaded sheet and waits until the worker has done it, or has failed. */
export async function importedBody(agent: TestUser, id: string, mapping: object = MAPPING) {
  await agent.api.post(`/api/sheets/${id}/import`).send({ mapping }).expect(202);
  return vi.waitUntil(
    async () => {
      const { body } = await agent.api.get(`/api/sheets/${id}`).expect(200);
      return (body.counts !== null || body.import?.state === 'failed') && body;
    },
    { timeout: 60_000, interval: 50 },
  );
}

/** Uploads and imports a sheet of ten leads. */
async function importedSheet(agent: TestUser, csv = TEN_LEADS): Promise<string> {
  const id = uuidv7();
  await agent.api
    .post('/api/upload')
    .field('id', id)
    .attach('file', Buffer.from(csv), 'leads.csv')
    .expect(201);
  const { counts } = await importedBody(agent, id);
  if (!counts) throw new Error('The sheet was not imported.');
  return id;
}

/** Opens a sheet for dialing in a page of its own. */
export async function openedSheet(agent: TestUser, csv?: string) {
  const sheetId = await importedSheet(agent, csv);
  const dialerSessionId = uuidv7();
  const { body } = await agent.api
    .post(`/api/sheets/${sheetId}/queue/open`)
    .send({ dialerSessionId })
    .expect(200);
  return { sheetId, dialerSessionId, queue: body };
}

/** An answered call of 8 seconds, as a browser reports it. */
export function report(callId: string, more: Partial<CallReport> = {}): CallReport {
  const { status = 'answered', fault = 'none' } = more;
  const started = Date.now() - 10_000;
  const at = (ms: number) => new Date(started + ms).toISOString();
  return {
    callId,
    direction: 'outbound',
    destination: '+12025550100',
    status,
    sipCode: 200,
    cause: 'Hung up',
    hangupBy: 'agent',
    startedAt: at(0),
    ringingAt: at(500),
    endedAt: at(10_000),
    ringMs: 1_500,
    ...(status === 'answered' || status === 'failed' ? { answeredAt: at(2_000), talkMs: 8_000 } : {}),
    durationMs: 10_000,
    sentAt: new Date().toISOString(),
    ...more,
    fault,
  };
}

/** Files a report, with a recording if one is given. */
export function upload(agent: TestUser, cdr: CallReport, recording?: Buffer) {
  const request = agent.api.post('/api/cdr/upload').field('report', JSON.stringify(cdr));
  return recording ? request.attach('recording', recording, 'call.webm') : request;
}

/**
 * A tone in each channel as Chromium's recorder writes it: WebM without a length and an index, 60 ms in a packet.
 * @see https://ffmpeg.org/ffmpeg-codecs.html#libopus-1
 */
export async function recordedWebm(seconds: number): Promise<Buffer> {
  const tone = `sine=440:sample_rate=48000:duration=${seconds}[l];sine=880:sample_rate=48000:duration=${seconds}[r];[l][r]amerge`;
  const opus = ['-c:a', 'libopus', '-b:a', '64k', '-frame_duration', '60', '-ac', '2'];
  const { stdout } = await run(
    'ffmpeg',
    ['-v', 'error', '-f', 'lavfi', '-i', tone, ...opus, '-f', 'webm', '-live', '1', 'pipe:1'],
    { encoding: 'buffer', maxBuffer: 64 * 2 ** 20 },
  );
  return stdout;
}

/** The same sound over and over, without coding it again. */
export async function repeatedWebm(sound: Buffer, times: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'outdial-long-'));
  try {
    const [once, long] = [join(folder, 'once.webm'), join(folder, 'long.webm')];
    await writeFile(once, sound);
    const loop = ['-v', 'error', '-stream_loop', String(times - 1), '-i', once, '-c', 'copy'];
    await run('ffmpeg', [...loop, '-f', 'webm', '-live', '1', long]);
    return await readFile(long);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Cuts bytes into chunks of `size`, the first a byte alone as Chromium's is. */
export function inChunks(bytes: Buffer, size = 8_000): Buffer[] {
  const chunks = [bytes.subarray(0, 1)];
  for (let at = 1; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
  return chunks;
}

const hex = (bytes: Buffer) => bytes.toString('hex');

/** Sends a chunk of a recording. */
export function sendChunk(agent: TestUser, callId: string, n: number, bytes: Buffer, part = 0) {
  return agent.api
    .put(`/api/calls/${callId}/recording/chunks/${n}`)
    .query({ part, sha256: hex(sha256(bytes)) })
    .type('application/octet-stream')
    .send(bytes);
}

/** A part as `complete` names it. */
export const partOf = (chunks: readonly Buffer[], part = 0, startedAt = new Date()) => ({
  part,
  startedAt: startedAt.toISOString(),
  chunks: chunks.length,
  root: hex(sha256(...chunks.map((chunk) => sha256(chunk)))),
});

/** Tells that all chunks of a recording have been sent. */
export const completeRecording = (agent: TestUser, callId: string, ...parts: ReturnType<typeof partOf>[]) =>
  agent.api.post(`/api/calls/${callId}/recording/complete`).send({ parts });

/** Two seconds of stereo Opus, a tone in each channel, made by the real encoder. */
export async function stereoOpus(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'outdial-tone-'));
  try {
    const [wav, opus] = [join(folder, 'tone.wav'), join(folder, 'tone.opus')];
    await run('sox', [
      '-n',
      '-r',
      '48000',
      '-b',
      '16',
      '-c',
      '2',
      wav,
      'synth',
      '2',
      'sine',
      '440',
      'sine',
      '880',
    ]);
    await run('opusenc', ['--quiet', wav, opus]);
    return await readFile(opus);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
