import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256 } from '../src/adapters/sha256';
import { inChunks, partOf, recordedWebm, repeatedWebm, report } from './support/fixtures';
import { Outdial, PASSWORD, type TestUser } from './support/outdial';
import { TcpGate } from './support/tcp-gate';

/** A line of 64 kB/s on which an hour passes in a minute. */
const FASTER = 60;
const BYTES_PER_MS = 64 * FASTER;
const HOUR_MS = 3_600_000;
/** Larger than a browser's: what is tried here is the line, not ten thousand answers. */
const CHUNK_BYTES = 64 * 1024;

let outdial: Outdial;
let agent: TestUser;
let line: TcpGate;
let cookie: string;
beforeAll(async () => {
  outdial = await Outdial.start();
  agent = await outdial.user(await outdial.organization(), 'agent');
  const credentials = { email: agent.email, password: PASSWORD };
  const { headers } = await outdial.visitor().post('/api/auth/sign-in').send(credentials).expect(200);
  cookie = [headers['set-cookie']]
    .flat()
    .map((value) => value?.split(';')[0])
    .join('; ');
  line = await TcpGate.open(Number(new URL(outdial.url).port));
  line.bytesPerMs = BYTES_PER_MS;
});
afterAll(async () => {
  await line.shut();
  await outdial.close();
});

function request(method: string, path: string, body: object | Buffer) {
  const isBytes = Buffer.isBuffer(body);
  return fetch(`http://127.0.0.1:${line.port}/api${path}`, {
    method,
    headers: { cookie, 'content-type': isBytes ? 'application/octet-stream' : 'application/json' },
    body: isBytes ? new Uint8Array(body) : JSON.stringify(body),
  });
}

it('brings a recording of an hour over a line of 64 kB/s that breaks, and its report meanwhile', async () => {
  const id = uuidv7();
  await agent.api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
  const sound = await repeatedWebm(await recordedWebm(60), HOUR_MS / 60_000);
  const chunks = inChunks(sound, CHUNK_BYTES);
  expect(chunks.length).toBeGreaterThan(400);
  const recording = `/calls/${id}/recording`;
  const send = (n: number) => {
    const chunk = chunks[n] as Buffer;
    return request('PUT', `${recording}/chunks/${n}?sha256=${sha256(chunk).toString('hex')}`, chunk);
  };

  const began = performance.now();
  let breaks = 0;
  let sends = 0;
  let reportMs = 0;
  for (let missing = [{ from: 0, to: chunks.length - 1 }]; missing.length > 0; ) {
    try {
      for (const { from, to } of missing)
        for (let n = from; n <= to; n++) {
          expect((await send(n)).status).toBe(204);
          sends += 1;
          // In the middle of the next one.
          if (sends === 100 || sends === 200) setTimeout(() => line.shut(), 1);
          if (sends !== 150) continue;
          const asked = performance.now();
          const { callId: _, ...body } = report(id);
          expect((await request('PUT', `/calls/${id}/report`, body)).status).toBe(204);
          reportMs = performance.now() - asked;
        }
    } catch {
      breaks += 1;
      await line.restore();
    }
    const answer = await request('POST', `${recording}/complete`, { parts: [partOf(chunks)] });
    ({ missing } = (await answer.json()) as { missing: { from: number; to: number }[] });
  }
  const tookMs = performance.now() - began;
  expect(breaks).toBe(2);
  // Nothing was sent twice but what was cut off.
  expect(sends).toBeLessThanOrEqual(chunks.length + 2);
  // The line was as narrow as it should be.
  expect(tookMs).toBeGreaterThan(sound.length / BYTES_PER_MS);
  expect(reportMs).toBeLessThan(2_000);

  const read = async () => (await agent.api.get(`/api/calls/${id}`).expect(200)).body.recording;
  await expect.poll(async () => (await read())?.status, { timeout: 200_000, interval: 500 }).toBe('complete');
  const { durationMs, peaksUrl } = await read();
  // Each repetition of the sound ends with a packet of its own.
  expect(Math.abs(durationMs - HOUR_MS)).toBeLessThan(5_000);
  const peaks = await agent.api.get(peaksUrl).query({ perSecond: 2 }).buffer().expect(200);
  expect(Math.abs(peaks.body.length - 24 - 4 * 7_200)).toBeLessThan(100);
}, 300_000);
