import type { EndedStatus, HangupBy } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { type FileStorage, storageKey } from '../../apps/backend/src/adapters/file-storage';
import type { Db } from '../../apps/backend/src/db/client';
import type { Prisma } from '../../apps/backend/src/db/generated/client';
import { uuidBytes, uuidText } from '../../apps/backend/src/db/public-ids';
import { timeId } from '../../apps/backend/src/db/time-id';
import type { DemoAgent } from './people';
import { Random } from './random';
import { type LeadRow, makeContacts, makeLeads, makeSheet, storeSheetFile, tally } from './sheets';

const DAYS = 14;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Ending {
  readonly status: EndedStatus;
  readonly sipCode: number | null;
  readonly cause: string;
  readonly hangupBy: HangupBy;
  readonly weight: number;
}

/** How calls of a cold list end, roughly as often as they do. */
const ENDINGS: readonly Ending[] = [
  { status: 'answered', sipCode: 200, cause: 'Hung up', hangupBy: 'remote', weight: 24 },
  { status: 'answered', sipCode: 200, cause: 'Hung up', hangupBy: 'agent', weight: 14 },
  { status: 'no-answer', sipCode: 487, cause: 'Nobody answered in time', hangupBy: 'system', weight: 36 },
  { status: 'busy', sipCode: 486, cause: 'The line is busy', hangupBy: 'remote', weight: 11 },
  { status: 'rejected', sipCode: 603, cause: 'The call was declined', hangupBy: 'remote', weight: 6 },
  {
    status: 'invalid-number',
    sipCode: 404,
    cause: 'This number is not in service',
    hangupBy: 'remote',
    weight: 6,
  },
  { status: 'cancelled', sipCode: 487, cause: 'Cancelled before an answer', hangupBy: 'agent', weight: 2 },
  {
    status: 'failed',
    sipCode: 503,
    cause: 'The carrier could not take the call',
    hangupBy: 'remote',
    weight: 1,
  },
];

function pickEnding(random: Random): Ending {
  let rest = random.next() * ENDINGS.reduce((sum, ending) => sum + ending.weight, 0);
  for (const ending of ENDINGS) {
    rest -= ending.weight;
    if (rest < 0) return ending;
  }
  return ENDINGS[0] as Ending;
}

/** A call that shall get a recording. */
export interface WantedRecording {
  readonly organizationId: number;
  readonly callId: number;
  readonly uuid: string;
  readonly at: Date;
  readonly talkMs: number;
  readonly agentName: string;
  readonly leadName: string;
}

type CallRow = Prisma.CallCreateManyInput & { id: number; talkMs: number | null };

/** One working day of dials, some minutes apart; today only as far as the clock has come. */
function* dialTimes(random: Random, now: Date, daysAgo: number): Generator<Date> {
  const noon = new Date(now.getTime() - daysAgo * DAY);
  let at =
    daysAgo === 0
      ? now.getTime() - 95 * MINUTE
      : noon.setUTCHours(13, random.between(0, 40), random.between(0, 59));
  const calls = daysAgo === 0 ? 14 : random.between(8, 14);
  for (let n = 0; n < calls; n++) {
    at += random.between(70_000, 6 * MINUTE);
    if (at > now.getTime() - 2 * MINUTE) return;
    yield new Date(at);
  }
}

function makeCall(random: Random, agent: DemoAgent, startedAt: Date, destination: string): CallRow {
  const ending = pickEnding(random);
  const answered = ending.status === 'answered';
  const rang = ending.status !== 'invalid-number' && ending.status !== 'failed';
  const ringMs = rang ? (ending.status === 'no-answer' ? 30_000 : random.between(2_000, 17_000)) : null;
  const talkMs = answered ? random.between(9_000, 260_000) : null;
  const setupMs = random.between(60, 400);
  const durationMs = setupMs + (ringMs ?? 0) + (talkMs ?? 0);
  const after = (ms: number) => new Date(startedAt.getTime() + ms);
  return {
    id: timeId(startedAt),
    uuid: uuidBytes(uuidv7({ msecs: startedAt.getTime() })),
    organizationId: agent.organizationId,
    agentId: agent.agentId,
    teamId: agent.teamId,
    direction: 'outbound',
    destination,
    status: ending.status,
    reached: answered ? 'answered' : rang ? 'ringing' : 'sent',
    fault: 'none',
    sipCode: ending.sipCode,
    cause: ending.cause,
    hangupBy: ending.hangupBy,
    startedAt,
    ringingAt: rang ? after(setupMs) : null,
    answeredAt: answered ? after(setupMs + (ringMs ?? 0)) : null,
    endedAt: after(durationMs),
    ringMs,
    talkMs,
    durationMs,
  };
}

/** A fortnight of working days, each lead in its turn; the leads learn of their last calls. */
function makeCalls(
  random: Random,
  agent: DemoAgent,
  leads: readonly LeadRow[],
  now: Date,
): { call: CallRow; lead: LeadRow }[] {
  const calls: { call: CallRow; lead: LeadRow }[] = [];
  for (let daysAgo = DAYS; daysAgo >= 0; daysAgo--) {
    const weekday = new Date(now.getTime() - daysAgo * DAY).getUTCDay();
    if (daysAgo > 0 && (weekday === 0 || weekday === 6)) continue;
    for (const at of dialTimes(random, now, daysAgo)) {
      const lead = leads[calls.length % leads.length] as LeadRow;
      const attempt = (lead.attempts ?? 0) + 1;
      const { campaignId, sheetId, id: leadId } = lead;
      const call = { ...makeCall(random, agent, at, lead.phone), campaignId, sheetId, leadId, attempt };
      Object.assign(lead, {
        attempts: attempt,
        lastStatus: call.status,
        lastCallUuid: call.uuid,
        lastCallAt: call.endedAt,
      });
      calls.push({ call, lead });
    }
  }
  return calls;
}

async function seedAgent(
  db: Db,
  storage: FileStorage,
  agent: DemoAgent,
  random: Random,
  now: Date,
): Promise<WantedRecording[]> {
  const { organizationId } = agent;
  const createdAt = new Date(now.getTime() - (DAYS + 1) * DAY);
  const sheet = await makeSheet(db, agent, createdAt);
  const leads = await makeLeads(db, random, agent, sheet);
  const key = storageKey('sheets', organizationId, createdAt, `${sheet.uuid}.csv`);
  const { sizeBytes } = await storeSheetFile(storage, key, leads);
  await db.storedFile.updateMany({ where: { key }, data: { sizeBytes } });
  const contacts = await makeContacts(db, organizationId, leads);
  const calls = makeCalls(random, agent, leads, now);
  await db.call.createMany({
    data: calls.map(({ call }) => ({ ...call, contactId: contacts.get(call.destination) ?? null })),
  });
  await db.callChange.createMany({ data: calls.map(({ call }) => ({ organizationId, callId: call.id })) });
  for (const { id, attempts, lastStatus, lastCallUuid, lastCallAt } of leads) {
    const data = {
      attempts: attempts ?? 0,
      lastStatus: lastStatus ?? null,
      lastCallUuid: lastCallUuid ?? null,
      lastCallAt: lastCallAt ?? null,
    };
    await db.lead.updateMany({ where: { organizationId, id }, data });
  }
  await tally(db, organizationId, sheet.id, leads);
  return calls.flatMap(({ call, lead }) =>
    call.talkMs && call.talkMs < 60_000
      ? [
          {
            organizationId,
            callId: call.id,
            uuid: uuidText(call.uuid),
            at: call.startedAt as Date,
            talkMs: call.talkMs,
            agentName: agent.firstName,
            leadName: lead.name.split(' ')[0] ?? '',
          },
        ]
      : [],
  );
}

const RECORDINGS_AN_AGENT = 12;

/** A fortnight of calls for every agent; tells which of them shall be heard. */
export async function seedHistory(
  db: Db,
  storage: FileStorage,
  agents: readonly DemoAgent[],
): Promise<WantedRecording[]> {
  const random = new Random(20_251_113);
  const now = new Date();
  const wanted: WantedRecording[] = [];
  for (const agent of agents)
    wanted.push(...(await seedAgent(db, storage, agent, random, now)).slice(-RECORDINGS_AN_AGENT));
  return wanted;
}
