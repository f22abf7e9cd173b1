import type { CallReport } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openedSheet, report, upload } from './support/fixtures';
import { Outdial, type TestUser } from './support/outdial';

/** A lead whose call reached nobody, and not for want of an answer, has not had its call. */
let outdial: Outdial;
let agent: TestUser;
beforeAll(async () => {
  outdial = await Outdial.start();
  agent = await outdial.user(await outdial.organization(), 'agent');
});
afterAll(() => outdial.close());

type Opened = Awaited<ReturnType<typeof openedSheet>>;
type Lead = Opened['queue']['upcoming'][number];

const show = async ({ sheetId, dialerSessionId }: Opened) =>
  (await agent.api.get(`/api/sheets/${sheetId}/queue`).query({ dialerSessionId }).expect(200)).body;

async function dial({ dialerSessionId }: Opened, lead: Lead) {
  const id = uuidv7();
  const call = { id, leadId: lead.id, destination: lead.phone, dialerSessionId };
  await agent.api.post('/api/calls').send(call).expect(201);
  return id;
}

const file = (id: string, lead: Lead, end: Partial<CallReport>) =>
  upload(
    agent,
    report(id, { status: 'failed', destination: lead.phone, leadId: lead.id, ...unanswered, ...end }),
  );
const unanswered = { answeredAt: undefined, talkMs: undefined };

describe('a call that reached nobody', () => {
  it.each(['local', 'switch', 'server'] as const)(
    'by a fault of ours (%s) costs no lead and no place',
    async (fault) => {
      const opened = await openedSheet(agent);
      const [lead] = opened.queue.upcoming;
      const id = await dial(opened, lead);
      await file(id, lead, { reached: 'sent', fault }).expect(200);
      const { upcoming, counts } = await show(opened);
      expect(upcoming[0]).toMatchObject({ id: lead.id, attempts: 0, status: 'new', lastStatus: null });
      expect(counts).toMatchObject({ total: 10, remaining: 10, done: 0, byStatus: {} });
      expect((await agent.api.get(`/api/calls/${id}`)).body).toMatchObject({ reached: 'sent', fault });
    },
  );

  it('by the carrier’s waits behind the others, and is this number’s own fault the sixth time', async () => {
    const opened = await openedSheet(agent);
    const [lead] = opened.queue.upcoming;
    for (let call = 1; call <= 6; call++) {
      const before = (await show(opened)).counts.remaining;
      expect(before).toBe(10);
      await file(await dial(opened, lead), lead, { reached: 'sent', fault: 'carrier', sipCode: 503 }).expect(
        200,
      );
      const { upcoming } = await show(opened);
      if (call < 6) expect(upcoming.at(-1)).toMatchObject({ id: lead.id, attempts: 0 });
    }
    expect((await show(opened)).counts).toMatchObject({ remaining: 9, done: 1, byStatus: { failed: 1 } });
  });

  it('while it rang waits again, too', async () => {
    const opened = await openedSheet(agent);
    const [lead] = opened.queue.upcoming;
    await file(await dial(opened, lead), lead, { reached: 'ringing', fault: 'switch' }).expect(200);
    expect((await show(opened)).upcoming[0].id).toBe(lead.id);
  });

  it('is told twice without harm', async () => {
    const opened = await openedSheet(agent);
    const [lead] = opened.queue.upcoming;
    const id = await dial(opened, lead);
    for (let time = 0; time < 2; time++)
      await file(id, lead, { reached: 'sent', fault: 'switch' }).expect(200);
    expect((await show(opened)).counts).toMatchObject({ remaining: 10, done: 0 });
  });
});

describe('a lead stays done', () => {
  it.each([
    ['whom nobody answered', { status: 'no-answer', reached: 'ringing', fault: 'none' }],
    ['that was talked to when the audio broke', { status: 'answered', reached: 'answered', fault: 'switch' }],
  ] as [string, Partial<CallReport>][])('%s', async (_who, end) => {
    const opened = await openedSheet(agent);
    const [lead] = opened.queue.upcoming;
    const answered = end.status === 'answered' ? report(uuidv7()) : {};
    const { answeredAt, talkMs } = answered as Partial<CallReport>;
    await file(await dial(opened, lead), lead, { ...end, answeredAt, talkMs }).expect(200);
    expect((await show(opened)).counts).toMatchObject({ remaining: 9, done: 1 });
  });

  it('when a call that was given up for lost turns out to have been a conversation', async () => {
    const opened = await openedSheet(agent);
    const [lead] = opened.queue.upcoming;
    const id = await dial(opened, lead);
    outdial.clock.advance(91_000);
    await outdial.core.services.endings.sweep();
    expect((await show(opened)).counts).toMatchObject({ remaining: 10, done: 0 });
    await upload(agent, report(id, { destination: lead.phone, leadId: lead.id })).expect(200);
    expect((await show(opened)).counts).toMatchObject({ remaining: 9, done: 1, byStatus: { answered: 1 } });
  });
});
