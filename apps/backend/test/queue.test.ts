import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidBytes } from '../src/db/public-ids';
import { openedSheet, report, upload } from './support/fixtures';
import { LivePage } from './support/live-page';
import { Outdial, type TestUser } from './support/outdial';

let outdial: Outdial;
let agent: TestUser;
beforeAll(async () => {
  outdial = await Outdial.start();
  agent = await outdial.user(await outdial.organization(), 'agent');
});
afterAll(() => outdial.close());

type Opened = Awaited<ReturnType<typeof openedSheet>>;

const claim = ({ queue, dialerSessionId }: Opened, index: number, id = uuidv7()) =>
  agent.api.post('/api/calls').send({
    id,
    leadId: queue.upcoming[index].id,
    destination: queue.upcoming[index].phone,
    dialerSessionId,
  });

const show = async ({ sheetId, dialerSessionId }: Opened) =>
  (await agent.api.get(`/api/sheets/${sheetId}/queue`).query({ dialerSessionId }).expect(200)).body;

const skip = ({ sheetId, dialerSessionId }: Opened, leadId: string) =>
  agent.api.post(`/api/sheets/${sheetId}/queue/leads/${leadId}/skip`).send({ dialerSessionId });

const retry = ({ sheetId, dialerSessionId }: Opened, leadId: string, lastCallId: string | null) =>
  agent.api.post(`/api/sheets/${sheetId}/queue/leads/${leadId}/retry`).send({ dialerSessionId, lastCallId });

const liveCalls = (sheetId: string) =>
  outdial.db.call.count({ where: { sheet: { uuid: uuidBytes(sheetId) }, status: 'in-progress' } });

/** A sheet that one page is dialing. */
async function runningSheet() {
  const opened = await openedSheet(agent);
  const { sheetId, dialerSessionId } = opened;
  const url = `/api/sheets/${sheetId}/queue`;
  await agent.api.put(`${url}/state`).send({ dialerSessionId, state: 'running' }).expect(200);
  return { opened, url };
}

it('gives leads in the order of the sheet', async () => {
  const { queue } = await openedSheet(agent);
  expect(queue.upcoming.map((lead: { line: number }) => lead.line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(queue.upcoming[0]).toMatchObject({
    phone: '+12025550100',
    name: 'Lead 0',
    data: { City: 'Town 0' },
  });
  expect(queue.counts).toMatchObject({ total: 10, remaining: 10, done: 0 });
});

it('gives a lead to one of twenty who want it at the same instant', async () => {
  const opened = await openedSheet(agent);
  const answers = await Promise.all(Array.from({ length: 20 }, () => claim(opened, 0)));
  expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
  const refused = answers.filter((answer) => answer.status !== 201);
  expect(new Set(refused.map((answer) => answer.body.code))).toEqual(new Set(['lead-not-available']));
  const calls = await outdial.db.call.count({ where: { sheet: { uuid: uuidBytes(opened.sheetId) } } });
  expect(calls).toBe(1);
});

it('answers a repeated call id with the same call, and dials nothing twice', async () => {
  const opened = await openedSheet(agent);
  const id = uuidv7();
  const first = await claim(opened, 0, id).expect(201);
  const again = await claim(opened, 0, id).expect(201);
  expect(again.body).toEqual(first.body);
  expect(first.body).toMatchObject({ id, attempt: 1, status: 'in-progress' });

  const url = `/api/sheets/${opened.sheetId}/queue`;
  await agent.api.post(`${url}/open`).send({ dialerSessionId: uuidv7(), takeOver: true }).expect(200);
  expect((await claim(opened, 0, id).expect(201)).body).toMatchObject({ id, attempt: 1 });
  expect((await claim(opened, 1).expect(409)).body.code).toBe('taken-over');
});

it('files the outcome with the lead and goes on where it stopped', async () => {
  const opened = await openedSheet(agent);
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  await upload(agent, report(id, { status: 'busy', sipCode: 486 })).expect(200);
  const queue = await show(opened);
  expect(queue.counts).toMatchObject({ remaining: 9, done: 1, byStatus: { busy: 1 } });
  expect(queue.upcoming[0].phone).toBe('+12025550101');
  expect(queue.recent[0]).toMatchObject({ phone: '+12025550100', lastStatus: 'busy', attempts: 1 });
});

it('refuses a number that is not the lead’s', async () => {
  const opened = await openedSheet(agent);
  const { body } = await agent.api
    .post('/api/calls')
    .send({
      id: uuidv7(),
      leadId: opened.queue.upcoming[0].id,
      destination: '+12025550199',
      dialerSessionId: opened.dialerSessionId,
    })
    .expect(400);
  expect(body.code).toBe('validation');
});

it('lets one page dial a sheet; another takes it over only when told to', async () => {
  const { opened, url } = await runningSheet();
  const second = uuidv7();
  const refused = await agent.api.post(`${url}/open`).send({ dialerSessionId: second }).expect(409);
  expect(refused.body.code).toBe('dialed-elsewhere');
  await agent.api.post(`${url}/open`).send({ dialerSessionId: second, takeOver: true }).expect(200);
  expect((await claim(opened, 0).expect(409)).body.code).toBe('taken-over');
  expect((await show({ ...opened, dialerSessionId: second })).dialer).toMatchObject({ mine: true });
});

it('takes over unasked from a page that has not been heard of', async () => {
  const { url } = await runningSheet();
  outdial.clock.advance(151_000);
  await agent.api.post(`${url}/open`).send({ dialerSessionId: uuidv7() }).expect(200);
});

it('does not take a page for lost that is in a long call', async () => {
  const { opened, url } = await runningSheet();
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  const page = await LivePage.open(outdial, agent);
  for (let minute = 0; minute < 3; minute++) {
    outdial.clock.advance(60_000);
    expect(await page.alive(id)).toBe('noted');
  }
  page.close();
  await agent.api.post(`${url}/open`).send({ dialerSessionId: uuidv7() }).expect(409);
});

it('closes the call of a lost page when another opens the sheet, and gives its lead back', async () => {
  const opened = await openedSheet(agent);
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  outdial.clock.advance(36_000);
  const { body } = await agent.api
    .post(`/api/sheets/${opened.sheetId}/queue/open`)
    .send({ dialerSessionId: uuidv7() })
    .expect(200);
  expect(body.upcoming[0]).toMatchObject({ phone: '+12025550100', attempts: 0, lastStatus: null });
  expect(body.counts).toMatchObject({ done: 0, byStatus: {} });
  const call = await agent.api.get(`/api/calls/${id}`);
  const cause = 'The page was lost during the call.';
  expect(call.body).toMatchObject({ interrupted: true, cause, reached: 'sent', fault: 'local' });
});

it('leaves a call alone whose page is heard of when another opens the sheet', async () => {
  const opened = await openedSheet(agent);
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  outdial.clock.advance(20_000);
  const { body } = await agent.api
    .post(`/api/sheets/${opened.sheetId}/queue/open`)
    .send({ dialerSessionId: uuidv7() })
    .expect(200);
  expect(body.upcoming[0].phone).toBe('+12025550101');
  expect((await agent.api.get(`/api/calls/${id}`)).body.status).toBe('in-progress');
});

it('skips a lead and puts it back at the head when asked to', async () => {
  const opened = await openedSheet(agent);
  const [first, second] = opened.queue.upcoming;
  await skip(opened, first.id).expect(200);
  expect((await show(opened)).upcoming[0].id).toBe(second.id);
  await retry(opened, first.id, null).expect(200);
  expect((await show(opened)).upcoming[0].id).toBe(first.id);
});

it('keeps a skip although the call’s record arrives later', async () => {
  const opened = await openedSheet(agent);
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  await skip(opened, opened.queue.upcoming[0].id).expect(200);
  await upload(agent, report(id, { status: 'cancelled' })).expect(200);
  expect((await show(opened)).counts).toMatchObject({ skipped: 1, done: 0, byStatus: { cancelled: 1 } });
});

it('does not put a lead back that is being called', async () => {
  const opened = await openedSheet(agent);
  const [lead] = opened.queue.upcoming;
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  for (const lastCallId of [id, null])
    expect((await retry(opened, lead.id, lastCallId).expect(409)).body.code).toBe('lead-not-available');
  expect((await claim(opened, 0).expect(409)).body.code).toBe('lead-not-available');
  expect(await liveCalls(opened.sheetId)).toBe(1);
});

it('puts a lead back once: a retry that comes after its next call changes nothing', async () => {
  const opened = await openedSheet(agent);
  const [lead] = opened.queue.upcoming;
  const [first, second] = [uuidv7(), uuidv7()];
  await claim(opened, 0, first).expect(201);
  await upload(agent, report(first, { status: 'busy' })).expect(200);
  await retry(opened, lead.id, first).expect(200);
  await claim(opened, 0, second).expect(201);
  await upload(agent, report(second, { status: 'busy' })).expect(200);
  await retry(opened, lead.id, first).expect(409);
  expect((await show(opened)).counts).toMatchObject({ remaining: 9, done: 1 });
});

it('does not make a lead that is done one that was left out', async () => {
  const opened = await openedSheet(agent);
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  await upload(agent, report(id)).expect(200);
  expect((await skip(opened, opened.queue.upcoming[0].id).expect(409)).body.code).toBe('lead-not-available');
  expect((await show(opened)).counts).toMatchObject({ done: 1, skipped: 0 });
});

it('calls a lead once more in one request, before the record of its last call is here; never two at once', async () => {
  const opened = await openedSheet(agent);
  const [lead] = opened.queue.upcoming;
  const [first, second] = [uuidv7(), uuidv7()];
  const again = (id: string, retryOf: string) =>
    agent.api.post('/api/calls').send({
      id,
      leadId: lead.id,
      destination: lead.phone,
      dialerSessionId: opened.dialerSessionId,
      retryOf,
    });
  await claim(opened, 0, first).expect(201);
  expect((await again(second, first).expect(201)).body).toMatchObject({ id: second, attempt: 2 });
  expect(await liveCalls(opened.sheetId)).toBe(1);
  expect((await again(uuidv7(), first).expect(409)).body.code).toBe('lead-not-available');
  await upload(agent, report(first, { status: 'no-answer' })).expect(200);
  expect((await show(opened)).counts).toMatchObject({ remaining: 9, done: 0 });
  await upload(agent, report(second, { status: 'busy' })).expect(200);
  expect((await show(opened)).counts).toMatchObject({ done: 1, byStatus: { busy: 1 } });
});

it('opens sheet and campaign again with a lead that is put back', async () => {
  const opened = await openedSheet(agent, 'Name,Phone\nOnly,+12025550100');
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  await upload(agent, report(id)).expect(200);
  await retry(opened, opened.queue.upcoming[0].id, id).expect(200);
  const sheet = await outdial.db.sheet.findFirstOrThrow({
    where: { uuid: uuidBytes(opened.sheetId) },
    include: { campaign: true },
  });
  expect([sheet.status, sheet.campaign.status]).toEqual(['paused', 'paused']);
});

it('finishes the sheet with its last lead', async () => {
  const opened = await openedSheet(agent, 'Name,Phone\nOnly,+12025550100');
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  await upload(agent, report(id)).expect(200);
  expect((await show(opened)).sheet).toMatchObject({ status: 'finished', remaining: 0 });
});

it('shows a sheet to nobody but its agent', async () => {
  const { sheetId } = await openedSheet(agent);
  const colleague = await outdial.user(agent.organizationId, 'agent');
  const manager = await outdial.user(agent.organizationId, 'manager');
  for (const other of [colleague, manager]) {
    await other.api.get(`/api/sheets/${sheetId}`).expect(404);
    await other.api.get(`/api/sheets/${sheetId}/queue`).expect(404);
  }
});

it('finishes the sheet and its campaign when the last lead is left out', async () => {
  const opened = await openedSheet(agent, 'Name,Phone\nOnly,+12025550100');
  await skip(opened, opened.queue.upcoming[0].id).expect(200);
  const sheet = await outdial.db.sheet.findFirstOrThrow({
    where: { uuid: uuidBytes(opened.sheetId) },
    include: { campaign: true },
  });
  expect([sheet.status, sheet.campaign.status]).toEqual(['finished', 'finished']);
});

it('closes the call of a page that is not heard of only for one that takes the sheet over', async () => {
  const { opened, url } = await runningSheet();
  const id = uuidv7();
  await claim(opened, 0, id).expect(201);
  const state = async () => (await agent.api.get(`/api/calls/${id}`).expect(200)).body;
  const second = { dialerSessionId: uuidv7() };
  await agent.api.post(`${url}/open`).send(second).expect(409);
  outdial.clock.advance(36_000);
  expect(await state()).toMatchObject({ status: 'in-progress' });
  await agent.api
    .post(`${url}/open`)
    .send({ ...second, takeOver: true })
    .expect(200);
  expect(await state()).toMatchObject({ status: 'failed', interrupted: true });
});
