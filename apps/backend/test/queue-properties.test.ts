import * as fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidBytes } from '../src/db/public-ids';
import { expectTallied } from './support/counts';
import { openedSheet, report, upload } from './support/fixtures';
import { Outdial, type TestUser } from './support/outdial';

/** Whatever pages do to one queue, in whatever order. */
let outdial: Outdial;
let agent: TestUser;
beforeAll(async () => {
  outdial = await Outdial.start();
  agent = await outdial.user(await outdial.organization(), 'agent');
});
afterAll(() => outdial.close());

const LEADS = 3;
const SHEET = `Name,Phone\n${Array.from({ length: LEADS }, (_, lead) => `Lead ${lead},+1202555010${lead}`).join('\n')}`;
const PAGES = [uuidv7(), uuidv7()];

type Step =
  | { do: 'open'; page: number; takeOver: boolean }
  | { do: 'state'; page: number; state: 'running' | 'paused' | 'stopped' }
  | { do: 'claim'; page: number; lead: number; again: boolean; retry: boolean }
  | { do: 'skip' | 'put-back'; page: number; lead: number }
  | { do: 'report'; call: number; end: number }
  | { do: 'lose-pages' };

const ENDS = [
  { status: 'answered', reached: 'answered', fault: 'none' },
  { status: 'no-answer', reached: 'ringing', fault: 'none', answeredAt: undefined, talkMs: undefined },
  { status: 'failed', reached: 'sent', fault: 'switch', answeredAt: undefined, talkMs: undefined },
  { status: 'failed', reached: 'sent', fault: 'carrier', answeredAt: undefined, talkMs: undefined },
] as const;

const page = fc.nat(PAGES.length - 1);
const lead = fc.nat(LEADS - 1);
const call = fc.nat(8);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), page, takeOver: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('state' as const),
      page,
      state: fc.constantFrom('running', 'paused', 'stopped'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      page,
      lead,
      again: fc.boolean(),
      retry: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('skip' as const, 'put-back' as const), page, lead }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('report' as const), call, end: fc.nat(ENDS.length - 1) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'lose-pages' as const }) },
);

class Floor {
  readonly #calls: { id: string; lead: number }[] = [];

  private constructor(
    private readonly sheetId: string,
    private readonly leads: readonly { id: string; phone: string }[],
  ) {}

  static async open(): Promise<Floor> {
    const { sheetId, queue } = await openedSheet(agent, SHEET);
    return new Floor(sheetId, queue.upcoming);
  }

  async take(step: Step): Promise<void> {
    const url = `/api/sheets/${this.sheetId}/queue`;
    switch (step.do) {
      case 'open':
        await agent.api
          .post(`${url}/open`)
          .send({ dialerSessionId: PAGES[step.page], takeOver: step.takeOver });
        return;
      case 'state':
        await agent.api.put(`${url}/state`).send({ dialerSessionId: PAGES[step.page], state: step.state });
        return;
      case 'claim':
        return this.#claim(step);
      case 'skip':
        await agent.api
          .post(`${url}/leads/${this.#lead(step.lead).id}/skip`)
          .send({ dialerSessionId: PAGES[step.page] });
        return;
      case 'put-back': {
        const lastCallId = this.#calls.findLast((call) => call.lead === step.lead)?.id ?? null;
        await agent.api
          .post(`${url}/leads/${this.#lead(step.lead).id}/retry`)
          .send({ dialerSessionId: PAGES[step.page], lastCallId });
        return;
      }
      case 'report': {
        const known = this.#calls[step.call % Math.max(1, this.#calls.length)];
        if (!known) return;
        const { id, phone } = this.#lead(known.lead);
        await upload(agent, report(known.id, { ...ENDS[step.end], destination: phone, leadId: id })).expect(
          200,
        );
        return;
      }
      case 'lose-pages':
        outdial.clock.advance(91_000);
        await outdial.core.services.endings.sweep();
    }
  }

  /** One live call a lead at most; a lead is in progress when it has one, and the counts are those of the rows. */
  async check(): Promise<void> {
    const sheet = await outdial.db.sheet.findFirstOrThrow({ where: { uuid: uuidBytes(this.sheetId) } });
    const leads = await outdial.db.lead.findMany({ where: { sheetId: sheet.id } });
    expect(leads).toHaveLength(LEADS);
    for (const lead of leads) {
      const live = await outdial.db.call.findMany({ where: { leadId: lead.id, status: 'in-progress' } });
      expect(live.length).toBeLessThanOrEqual(1);
      if (lead.status === 'in-progress') expect(live[0]?.uuid).toEqual(lead.lastCallUuid);
    }
    await expectTallied(outdial.db, sheet.id);
  }

  async #claim({ page, lead, again, retry }: Extract<Step, { do: 'claim' }>): Promise<void> {
    const last = this.#calls.findLast((call) => call.lead === lead)?.id;
    const id = again && last ? last : uuidv7();
    const { id: leadId, phone: destination } = this.#lead(lead);
    const answer = await agent.api.post('/api/calls').send({
      id,
      leadId,
      destination,
      dialerSessionId: PAGES[page],
      ...(retry && last && { retryOf: last }),
    });
    expect([201, 409]).toContain(answer.status);
    if (answer.status === 201 && id !== last) this.#calls.push({ id, lead });
  }

  #lead(index: number): { id: string; phone: string } {
    const lead = this.leads[index];
    if (!lead) throw new Error(`There is no lead ${index}.`);
    return lead;
  }
}

it('one live call a lead, none lost, and the counts are right', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
      const floor = await Floor.open();
      for (const next of steps) {
        await floor.take(next);
        await floor.check();
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);
