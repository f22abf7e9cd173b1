import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CallReport } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { vi } from 'vitest';
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
  const { status = 'answered' } = more;
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
  };
}

/** Files a report, with a recording if one is given. */
export function upload(agent: TestUser, cdr: CallReport, recording?: Buffer) {
  const request = agent.api.post('/api/cdr/upload').field('report', JSON.stringify(cdr));
  return recording ? request.attach('recording', recording, 'call.webm') : request;
}

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
