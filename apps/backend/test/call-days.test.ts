import type { EndedStatus } from '@outdial/contracts';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Random } from '../../../prisma/seed/random';
import type { Db } from '../src/db/client';
import { CallSummaryService } from '../src/services/calls/call-summary.service';
import type { Actor, SystemActor } from '../src/work/actor';
import type { Scope } from '../src/work/scope';
import { callRow } from './support/calls';
import { countOfRows, countsOfDays } from './support/counts';
import { Outdial, type TestUser } from './support/outdial';

const HOUR_MS = 3_600_000;
const SECOND_MS = 1_000;
/** Clocks are set forward in Berlin on the 29th, at one o'clock UTC. */
const FROM = Date.parse('2026-03-26T00:00:00Z');
const TO = Date.parse('2026-04-02T00:00:00Z');
/** Where days begin in Berlin and in Kolkata, before and after. */
const BORDERS = [
  '03-27T23:00',
  '03-28T23:00',
  '03-29T22:00',
  '03-30T22:00',
  '03-28T18:30',
  '03-29T18:30',
].map((at) => Date.parse(`2026-${at}:00Z`));
const STATUSES: EndedStatus[] = [
  'answered',
  'busy',
  'no-answer',
  'rejected',
  'invalid-number',
  'failed',
  'cancelled',
];

let outdial: Outdial;
let organizationId: number;
let actor: SystemActor;
let superadmin: TestUser;
let manager: TestUser;
let agents: TestUser[];
let teamId: number;
let open: bigint[] = [];
let ended: bigint[] = [];
const random = new Random(20_260_329);

beforeAll(async () => {
  outdial = await Outdial.start();
});
afterAll(() => outdial.close());

/** Each test has an organization of its own. */
beforeEach(async () => {
  organizationId = await outdial.organization();
  actor = { kind: 'system', name: 'test', organizationId };
  [open, ended] = [[], []];
  superadmin = await outdial.user(organizationId, 'superadmin');
  manager = await outdial.user(organizationId, 'manager');
  agents = [await outdial.user(organizationId, 'agent'), await outdial.user(organizationId, 'agent')];
  ({ id: teamId } = await outdial.db.team.create({ data: { organizationId, name: 'Team' } }));
  await outdial.db.setting.create({
    data: { organizationId, key: 'organization.time-zone', value: 'Europe/Berlin', updatedAt: new Date() },
  });
});

const daysOf = () => outdial.core.services.callDays;

/** Every third lies on a border of a day, or a millisecond beside it. */
const anyTime = (): number =>
  random.between(0, 2) === 0
    ? random.pick(BORDERS) + random.between(0, 2) - 1
    : FROM + random.between(0, (TO - FROM) / SECOND_MS - 1) * SECOND_MS;

/** Calls in progress, as `beginCall` leaves them. */
async function begin(count: number): Promise<void> {
  const rows = Array.from({ length: count }, () =>
    callRow({
      organizationId,
      agentId: random.pick(agents).agentRow as number,
      teamId: random.between(0, 1) === 0 ? teamId : null,
      status: 'in-progress',
      startedAt: new Date(anyTime()),
    }),
  );
  await outdial.db.call.createMany({ data: rows, skipDuplicates: true });
  open = await idsOf('in-progress');
}

async function idsOf(status: string): Promise<bigint[]> {
  const rows = await outdial.db.call.findMany({ where: { organizationId, status }, select: { id: true } });
  return rows.map(({ id }) => id);
}

/** Ends a call, or ends it otherwise than before. */
async function end(callId: bigint): Promise<void> {
  const status = random.pick(STATUSES);
  const talkMs = status === 'answered' ? random.between(0, 99_999) : null;
  const end = { reached: talkMs === null ? 'ringing' : 'answered', fault: 'none' } as const;
  await outdial.core.units.run(actor, (unit) =>
    outdial.core.services.endings.end(unit, callId, { ...end, status, talkMs, endedAt: new Date() }),
  );
  ended.push(callId);
}

async function endSome(count: number): Promise<void> {
  for (const id of open.splice(0, count)) await end(id);
}

interface Range {
  readonly from: string;
  readonly to: string;
  readonly agentId?: string;
}

const WEEK: Range = { from: new Date(FROM).toISOString(), to: new Date(TO).toISOString() };

const summaryOf = async (user: TestUser, range: Range) =>
  (await user.api.get('/api/calls/summary').query(range).expect(200)).body;

const countOf = (range: Range, agent?: TestUser) =>
  countOfRows(outdial.db, organizationId, range, agent?.agentRow);

function anyRange(): Range {
  const [from = 0, to = 0] = [anyTime(), anyTime()].sort((a, b) => a - b);
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

async function expectExact(): Promise<void> {
  for (const range of [WEEK, ...Array.from({ length: 6 }, anyRange)]) {
    expect({ range, ...(await summaryOf(manager, range)) }).toEqual({ range, ...(await countOf(range)) });
    const [agent] = agents as [TestUser];
    const own = { range, ...(await countOf(range, agent)) };
    expect({ range, ...(await summaryOf(agent, range)) }).toEqual(own);
    expect({ range, ...(await summaryOf(manager, { ...range, agentId: agent.agentId as string })) }).toEqual(
      own,
    );
  }
}

const countedDays = () => countsOfDays(outdial.db, organizationId);

const notes = () => outdial.db.callChange.count({ where: { organizationId } });

it('sums up exactly what the rows say, while calls begin, end, and end otherwise', async () => {
  for (let round = 0; round < 6; round++) {
    await begin(40);
    await endSome(25);
    for (let n = 0; n < 4 && round > 0; n++) await end(random.pick(ended));
    await expectExact();
    await daysOf().countChanged();
    expect(await notes()).toBe(0);
    await expectExact();
  }
});

it('reads whole days from what was counted, and the rest from the calls', async () => {
  await begin(60);
  await endSome(60);
  await daysOf().countChanged();
  const truth = await countOf(WEEK);
  await outdial.db.callDayCount.updateMany({ where: { organizationId }, data: { talkMs: 0 } });
  const saturday = { from: '2026-03-27T23:00:00Z', to: '2026-03-28T23:00:00Z' };
  expect((await summaryOf(manager, saturday)).talkMs).toBe(0);
  const part = { from: '2026-03-27T23:00:00.001Z', to: '2026-03-28T23:00:00Z' };
  expect(await summaryOf(manager, part)).toEqual(await countOf(part));
  // One change, and all days with a note are counted from their calls.
  for (const id of ended.splice(0)) await end(id);
  expect((await summaryOf(manager, WEEK)).total).toBe(truth.total);
  await expectExact();
});

it('counts nothing twice: not when it breaks off, is repeated, or runs beside itself', async () => {
  await begin(50);
  await endSome(50);
  await outdial.db.$executeRawUnsafe(
    `CREATE TRIGGER broken BEFORE INSERT ON call_day FOR EACH ROW
     IF NEW.organizationId = ${organizationId} THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'power cut'; END IF`,
  );
  try {
    await expect(daysOf().countChanged()).rejects.toThrow('could not be counted');
  } finally {
    await outdial.db.$executeRawUnsafe('DROP TRIGGER broken');
  }
  expect(await countedDays()).toEqual({ days: [], calls: 0, talkMs: 0 });
  expect(await notes()).toBe(50);
  await expectExact();
  await Promise.all(Array.from({ length: 4 }, () => daysOf().countChanged()));
  const { total: calls, talkMs } = await countOf(WEEK);
  expect(await countedDays()).toMatchObject({ calls, talkMs });
  for (const id of ended.slice(0, 10))
    await outdial.db.callChange.create({ data: { organizationId, callId: id } });
  await daysOf().countChanged();
  expect(await countedDays()).toMatchObject({ calls, talkMs });
  await expectExact();
});

it('never sees a call twice or not at all while days are counted and calls end', async () => {
  await begin(120);
  const total = open.length;
  let isDone = false;
  const ending = Promise.all([endSome(60), endSome(60)]).then(() => {
    isDone = true;
  });
  const counting = (async () => {
    while (!isDone) await daysOf().countChanged();
  })();
  const seen = new Set<number>();
  while (!isDone) seen.add((await summaryOf(manager, WEEK)).total);
  await Promise.all([ending, counting]);
  expect([...seen]).toEqual([total]);
  await daysOf().countChanged();
  const { total: calls, talkMs } = await countOf(WEEK);
  expect(await countedDays()).toMatchObject({ calls, talkMs });
});

it('sums up as of one moment, though a call ends in the middle of it', async () => {
  await begin(20);
  await endSome(10);
  await daysOf().countChanged();
  const truth = await countOf(WEEK);
  let isFirst = true;
  const interrupted = outdial.db.$extends({
    query: {
      async $allOperations({ operation, args, query }) {
        const result: unknown = await query(args);
        if (operation === '$queryRaw' && isFirst) {
          isFirst = false;
          await endSome(10);
        }
        return result;
      },
    },
  }) as unknown as Db;
  const everything: Scope = { kind: 'organization' };
  const asker: Actor = {
    ...{ kind: 'user', userId: manager.id, sessionId: '', organizationId, name: '', role: 'manager' },
    ...{ permissions: new Set(), agent: null, scope: everything, mustChoosePassword: false },
  };
  expect(await new CallSummaryService(interrupted).show(asker, WEEK)).toEqual(truth);
  expect(isFirst).toBe(false);
  await expectExact();
});

it('counts all days anew when the time zone changes, and is exact meanwhile', async () => {
  await begin(80);
  await endSome(70);
  await daysOf().countChanged();
  const before = await outdial.db.callDay.findMany({ where: { organizationId } });
  const change = { 'organization.time-zone': 'Asia/Kolkata' };
  await superadmin.api.patch('/api/settings').send(change).expect(200);
  await expectExact();
  await vi.waitUntil(
    async () =>
      (await outdial.db.jobRequest.count({
        where: { organizationId, kind: 'calls.count-days', doneAt: { not: null } },
      })) === 1,
    { timeout: 20_000 },
  );
  await expectExact();
  const after = await outdial.db.callDay.findMany({ where: { organizationId }, orderBy: { day: 'asc' } });
  expect(after.length).toBeGreaterThanOrEqual(7);
  for (const { firstId } of before) expect(after.map((day) => day.firstId)).not.toContain(firstId);
  const { total, byStatus } = await countOf(WEEK);
  expect((await countedDays()).calls).toBe(total - (byStatus['in-progress'] ?? 0));
  // A call that ends now is counted by the new days.
  await endSome(5);
  await daysOf().countChanged();
  expect(await outdial.db.callDay.findMany({ where: { organizationId }, orderBy: { day: 'asc' } })).toEqual(
    after,
  );
  await expectExact();
});

it('goes on where counting all days broke off, and counts days that nobody has noted', async () => {
  const startedAt = new Date('2026-03-28T12:00:00Z');
  const [agent] = agents as [TestUser];
  await outdial.db.call.createMany({
    data: [0, 24, 48].map((hours) =>
      callRow({
        organizationId,
        agentId: agent.agentRow as number,
        startedAt: new Date(startedAt.getTime() + hours * HOUR_MS),
      }),
    ),
  });
  await daysOf().countAll(actor);
  expect(await countedDays()).toMatchObject({ days: ['2026-03-28', '2026-03-29', '2026-03-30'], calls: 3 });
  // As if it had died after the newest two.
  await outdial.db.callDay.deleteMany({ where: { organizationId, day: new Date('2026-03-28') } });
  await outdial.db.callDayCount.updateMany({ where: { organizationId }, data: { busy: 7 } });
  await daysOf().countAll(actor);
  const rows = await outdial.db.callDayCount.findMany({ where: { organizationId }, orderBy: { day: 'asc' } });
  expect(rows.map(({ busy }) => busy)).toEqual([0, 7, 7]);
});

it('takes no time zone that is none', async () => {
  for (const name of ['+01:00', 'Mars/Olympus', '', 'Europe/Berlin; DROP TABLE'])
    await superadmin.api.patch('/api/settings').send({ 'organization.time-zone': name }).expect(400);
});
