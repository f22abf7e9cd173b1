import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rowId, uuidBytes } from '../src/db/public-ids';
import { openedSheet, report, stereoOpus, upload } from './support/fixtures';
import { LivePage } from './support/live-page';
import { Outdial, type TestUser } from './support/outdial';

let outdial: Outdial;
let agent: TestUser;
let colleague: TestUser;
let manager: TestUser;
let stranger: TestUser;
let sound: Buffer;
beforeAll(async () => {
  outdial = await Outdial.start();
  const organization = await outdial.organization();
  agent = await outdial.user(organization, 'agent');
  colleague = await outdial.user(organization, 'agent');
  manager = await outdial.user(organization, 'manager');
  stranger = await outdial.user(await outdial.organization(), 'manager');
  sound = await stereoOpus();
});
afterAll(() => outdial.close());

/** The recording of a call, once the worker has made it ready. */
async function completed(callId: string) {
  const read = () =>
    outdial.db.recording.findFirst({
      where: { call: { uuid: uuidBytes(callId) } },
      include: { file: true },
    });
  await expect.poll(async () => (await read())?.status, { timeout: 15_000 }).toBe('complete');
  return (await read()) as NonNullable<Awaited<ReturnType<typeof read>>>;
}

const dial = async (destination = '+12025550100') => {
  const id = uuidv7();
  await agent.api.post('/api/calls').send({ id, destination }).expect(201);
  return id;
};

it('files a call and its recording once, however often they are sent', async () => {
  const id = await dial();
  const first = await upload(agent, report(id), sound).expect(200);
  expect(first.body).toEqual({ success: true, id, recordingId: expect.any(String) });
  const second = await upload(agent, report(id, { status: 'failed' }), sound).expect(200);
  expect(second.body).toEqual(first.body);
  const { body } = await agent.api.get(`/api/calls/${id}`).expect(200);
  expect(body).toMatchObject({ status: 'answered', talkMs: 8_000, durationMs: 10_000, hangupBy: 'agent' });
  expect(body.recording).toMatchObject({ id: first.body.recordingId });
  expect(body.timeline.map((entry: { kind: string }) => entry.kind)).toEqual([
    'dialed',
    'ringing',
    'answered',
    'ended',
    'recording-stored',
  ]);
});

it('takes ten simultaneous sendings of the same call as one', async () => {
  const id = await dial();
  const answers = await Promise.all(Array.from({ length: 10 }, () => upload(agent, report(id), sound)));
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
  expect(new Set(answers.map((answer) => answer.body.recordingId)).size).toBe(1);
});

it('takes the recording after the record, too', async () => {
  const id = await dial();
  const bare = await upload(agent, report(id)).expect(200);
  expect(bare.body.recordingId).toBeNull();
  const full = await upload(agent, report(id), sound).expect(200);
  expect(full.body.recordingId).toEqual(expect.any(String));
});

it('makes up for a call row that could never be made', async () => {
  const id = uuidv7();
  await upload(agent, report(id)).expect(200);
  const { body } = await agent.api.get(`/api/calls/${id}`).expect(200);
  expect(body).toMatchObject({ id, destination: '+12025550100', status: 'answered' });
});

it('stores under organization, year and month, with the right duration, and leaves nothing temporary', async () => {
  const id = await dial();
  const { body } = await upload(agent, report(id), sound).expect(200);
  expect(body.recordingId).toBe(id);
  const row = await completed(id);
  expect(row.file.key).toMatch(new RegExp(`^recordings/${agent.organizationId}/\\d{4}/\\d{2}/${id}\\.webm$`));
  expect(row.durationMs).toBeGreaterThan(1_950);
  expect(row.durationMs).toBeLessThan(2_050);
  expect(row.channels).toBe(2);
  const folder = join(outdial.env.UPLOADS_DIR, dirname(row.file.key));
  await expect
    .poll(async () => (await readdir(folder)).filter((name) => name.startsWith(id)).sort())
    .toEqual([`${id}.webm`, `${id}.webm.dat`]);
  expect(await readdir(join(outdial.env.UPLOADS_DIR, 'parts'), { recursive: true })).not.toContain(id);
});

it('serves ranges, and only to who may hear the call', async () => {
  const id = await dial();
  const { body } = await upload(agent, report(id), sound).expect(200);
  const url = `/api/recordings/${body.recordingId}/audio`;
  await completed(id);
  const part = await manager.api.get(url).set('range', 'bytes=0-99').buffer().expect(206);
  expect(part.headers['content-range']).toMatch(/^bytes 0-99\/\d+$/);
  expect(part.headers['content-type']).toBe('audio/webm');
  await manager.api.get(url).set('range', 'bytes=99999999-').expect(416);
  const download = await agent.api.get(`${url}?download=1`).expect(200);
  expect(download.headers['content-disposition']).toMatch(/^attachment; filename=.+_\+12025550100\.webm$/);
  await colleague.api.get(url).expect(404);
  await stranger.api.get(url).expect(404);
  await outdial.visitor().get(url).expect(401);
});

it('refuses what is not a recording, and keeps the record', async () => {
  const id = await dial();
  const { body } = await upload(agent, report(id), Buffer.from('MZ this is no sound')).expect(422);
  expect(body.code).toBe('recording-unreadable');
  const call = await agent.api.get(`/api/calls/${id}`).expect(200);
  expect(call.body).toMatchObject({ status: 'answered', recording: null });
});

it("refuses reports of somebody else's call", async () => {
  const id = await dial();
  await upload(colleague, report(id)).expect(404);
  const { body } = await agent.api.get(`/api/calls/${id}`);
  expect(body.status).toBe('in-progress');
});

it('is not misled by a browser clock that is a day off', async () => {
  const id = await dial();
  const dayOff = (time: string) => new Date(new Date(time).getTime() - 86_400_000).toISOString();
  const right = report(id);
  const off = Object.fromEntries(
    Object.entries(right).map(([key, value]) => [key, key.endsWith('At') ? dayOff(value as string) : value]),
  );
  await upload(agent, off as typeof right).expect(200);
  const { body } = await agent.api.get(`/api/calls/${id}`);
  expect(Math.abs(new Date(body.startedAt).getTime() - outdial.clock.now().getTime())).toBeLessThan(60_000);
  expect(new Date(body.endedAt).getTime() - new Date(body.startedAt).getTime()).toBe(10_000);
});

it('dates a call that the server never heard of by how long ago it was, whatever the browser calls today', async () => {
  const dated = async (startedAt: string, endedAt: string, sentAt: string) => {
    const id = uuidv7();
    await upload(agent, { ...report(id), startedAt, endedAt, sentAt, answeredAt: endedAt }).expect(200);
    const { body } = await agent.api.get(`/api/calls/${id}`).expect(200);
    return outdial.clock.now().getTime() - new Date(body.startedAt).getTime();
  };
  const hourAgo = await dated('1999-01-01T10:00:00Z', '1999-01-01T10:05:00Z', '1999-01-01T11:00:00Z');
  expect(Math.round(hourAgo / 60_000)).toBe(60);
  // The clock was set between the call and its report.
  const jumped = await dated('1999-01-01T10:00:00Z', '1999-01-01T10:05:00Z', '2026-01-01T11:00:00Z');
  expect(Math.round(jumped / 1000)).toBe(10);
});

it.each([
  ['a year before our calendar', { sentAt: '0001-01-01T00:00:00Z' }],
  ['a year no column holds', { startedAt: '9999-12-31T23:59:59Z' }],
  ['an end after the report of it', { endedAt: '2090-01-01T00:00:00Z' }],
  ['talk on a busy line', { status: 'busy' as const, answeredAt: new Date().toISOString(), talkMs: 1_000 }],
  ['talk before an answer', { answeredAt: undefined }],
  ['more than a day', { durationMs: 90_000_000 }],
])('refuses a report with %s', async (_what, wrong) => {
  const { body } = await upload(agent, report(await dial(), wrong)).expect(400);
  expect(body.code).toBe('validation');
});

it('closes what a dead browser left open, and believes the browser if it comes back', async () => {
  const { queue, dialerSessionId } = await openedSheet(agent);
  const [lead] = queue.upcoming;
  const id = uuidv7();
  const call = { id, destination: lead.phone, leadId: lead.id, dialerSessionId };
  await agent.api.post('/api/calls').send(call).expect(201);
  await agent.api.patch(`/api/calls/${id}`).send({ phase: 'answered' }).expect(204);
  outdial.clock.advance(91_000);
  expect(await outdial.core.services.endings.sweep()).toBeGreaterThan(0);
  const lost = await agent.api.get(`/api/calls/${id}`);
  expect(lost.body).toMatchObject({ status: 'answered', hangupBy: 'system', interrupted: true });
  expect(await outdial.db.lead.findFirstOrThrow({ where: { id: rowId('lead', lead.id) } })).toMatchObject({
    status: 'done',
  });
  await upload(agent, report(id, { destination: lead.phone }), sound).expect(200);
  const known = await agent.api.get(`/api/calls/${id}`);
  expect(known.body).toMatchObject({ hangupBy: 'agent', interrupted: false, talkMs: 8_000 });
  expect(known.body.recording).not.toBeNull();
});

it('leaves a call alone whose page is heard of', async () => {
  const id = await dial();
  const page = await LivePage.open(outdial, agent);
  outdial.clock.advance(60_000);
  expect(await page.alive(id)).toBe('noted');
  page.close();
  outdial.clock.advance(60_000);
  await outdial.core.services.endings.sweep();
  const { body } = await agent.api.get(`/api/calls/${id}`);
  expect(body.status).toBe('in-progress');
});

it('answers a report that is no report with words', async () => {
  const { body } = await agent.api.post('/api/cdr/upload').field('report', '{"callId":1}').expect(400);
  expect(body).toMatchObject({ code: 'validation' });
  await agent.api.post('/api/cdr/upload').field('report', 'not json').expect(400);
});

it('changes nothing by news of a call that has ended', async () => {
  const id = await dial();
  const unanswered = { ringingAt: undefined, answeredAt: undefined, ringMs: undefined, talkMs: undefined };
  await upload(agent, report(id, { ...unanswered, status: 'busy' })).expect(200);
  const { body: ended } = await agent.api.get(`/api/calls/${id}`).expect(200);
  outdial.clock.advance(1_000);
  for (const phase of ['ringing', 'answered'])
    await agent.api.patch(`/api/calls/${id}`).send({ phase }).expect(204);
  expect((await agent.api.get(`/api/calls/${id}`).expect(200)).body).toEqual(ended);
});
