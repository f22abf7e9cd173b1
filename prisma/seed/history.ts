import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EndedStatus, HangupBy } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { type FileStorage, storageKey } from '../../apps/backend/src/adapters/file-storage';
import type { Db } from '../../apps/backend/src/db/client';
import type { Prisma } from '../../apps/backend/src/db/generated/client';
import { reversed } from '../../apps/backend/src/services/calls/call-rows';
import type { DemoAgent } from './people';
import { Random } from './random';

const DAYS = 14;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const FIRST = [
  'Noah',
  'Emma',
  'Liam',
  'Sofía',
  'Mateo',
  'Aisha',
  'Jürgen',
  'Priya',
  'Yusuf',
  'Chloé',
  'Hana',
  'Diego',
];
const LAST = [
  'Miller',
  'García',
  'Schäfer',
  'Patel',
  'Kim',
  'Rossi',
  'Novak',
  'Haddad',
  'Okoye',
  'Larsen',
  'Silva',
  'Brown',
];
const COMPANIES = [
  'Northwind',
  'Bluebird Books',
  'Harbor Dental',
  'Fernhill Farm',
  'Vista Realty',
  'Copper Kettle',
];
const CITIES = ['Washington', 'Arlington', 'Bethesda', 'Alexandria', 'Silver Spring', 'Rockville'];

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
  readonly organizationId: string;
  readonly callId: string;
  readonly at: Date;
  readonly talkMs: number;
  readonly agentName: string;
  readonly leadName: string;
}

type CallRow = Prisma.CallCreateManyInput;
type LeadRow = Prisma.LeadCreateManyInput & { name: string };

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

function makeCall(
  random: Random,
  agent: DemoAgent,
  startedAt: Date,
  destination: string,
): CallRow & { talkMs: number | null } {
  const ending = pickEnding(random);
  const answered = ending.status === 'answered';
  const rang = ending.status !== 'invalid-number' && ending.status !== 'failed';
  const ringMs = rang ? (ending.status === 'no-answer' ? 30_000 : random.between(2_000, 17_000)) : null;
  const talkMs = answered ? random.between(9_000, 260_000) : null;
  const setupMs = random.between(60, 400);
  const durationMs = setupMs + (ringMs ?? 0) + (talkMs ?? 0);
  const after = (ms: number) => new Date(startedAt.getTime() + ms);
  return {
    id: uuidv7({ msecs: startedAt.getTime() }),
    organizationId: agent.organizationId,
    agentId: agent.agentId,
    direction: 'outbound',
    destination,
    destinationReversed: reversed(destination),
    status: ending.status,
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
    seenAt: after(durationMs),
  };
}

function makeLeads(
  random: Random,
  agent: DemoAgent,
  campaignId: string,
  sheetId: string,
  count: number,
): LeadRow[] {
  return Array.from({ length: count }, (_, index) => ({
    id: uuidv7(),
    organizationId: agent.organizationId,
    campaignId,
    sheetId,
    line: index + 2,
    queueOrder: index,
    phone: `+12025550${100 + index}`,
    alternatePhones: [],
    name: `${random.pick(FIRST)} ${random.pick(LAST)}`,
    data: [
      ['Company', random.pick(COMPANIES)],
      ['City', random.pick(CITIES)],
      ['Customer since', String(random.between(2016, 2025))],
    ],
    status: 'done',
  }));
}

/** The sheet's file, as if the agent had uploaded it. */
async function storeSheetFile(storage: FileStorage, key: string, leads: readonly LeadRow[]): Promise<number> {
  const rows = leads.map((lead) => [
    lead.name,
    lead.phone,
    ...(lead.data as [string, string][]).map(([, value]) => value),
  ]);
  const csv = [['Name', 'Phone', 'Company', 'City', 'Customer since'], ...rows]
    .map((row) => row.join(','))
    .join('\r\n');
  const temporary = join(storage.temporaryFolder, uuidv7());
  await writeFile(temporary, csv);
  await storage.put(key, temporary);
  return Buffer.byteLength(csv);
}

async function seedAgent(
  db: Db,
  storage: FileStorage,
  agent: DemoAgent,
  random: Random,
  now: Date,
): Promise<WantedRecording[]> {
  const [campaignId, sheetId] = [uuidv7(), uuidv7()];
  const createdAt = new Date(now.getTime() - (DAYS + 1) * DAY);
  const leads = makeLeads(random, agent, campaignId, sheetId, 60);
  const calls: (CallRow & { talkMs: number | null })[] = [];
  const wanted: WantedRecording[] = [];
  let turn = 0;
  for (let daysAgo = DAYS; daysAgo >= 0; daysAgo--) {
    const weekday = new Date(now.getTime() - daysAgo * DAY).getUTCDay();
    if (daysAgo > 0 && (weekday === 0 || weekday === 6)) continue;
    for (const at of dialTimes(random, now, daysAgo)) {
      const lead = leads[turn++ % leads.length] as LeadRow;
      const attempt = (lead.attempts ?? 0) + 1;
      const call = {
        ...makeCall(random, agent, at, lead.phone),
        campaignId,
        sheetId,
        leadId: lead.id,
        attempt,
      };
      Object.assign(lead, {
        attempts: attempt,
        lastStatus: call.status,
        lastCallId: call.id,
        lastCallAt: call.endedAt,
      });
      calls.push(call);
      if (call.talkMs && call.talkMs < 60_000)
        wanted.push({
          organizationId: agent.organizationId,
          callId: call.id,
          at,
          talkMs: call.talkMs,
          agentName: agent.firstName,
          leadName: lead.name.split(' ')[0] ?? '',
        });
    }
  }
  const key = storageKey('sheets', agent.organizationId, createdAt, sheetId, 'csv');
  const sizeBytes = await storeSheetFile(storage, key, leads);
  const base = { organizationId: agent.organizationId, createdAt };
  await db.campaign.create({
    data: { ...base, id: campaignId, name: 'Autumn renewals', status: 'finished' },
  });
  await db.sheet.create({
    data: {
      ...base,
      id: sheetId,
      campaignId,
      uploadedById: agent.userId,
      name: 'Autumn renewals',
      fileName: 'autumn-renewals.csv',
      storageKey: key,
      sizeBytes,
      format: 'text',
      status: 'finished',
      importedAt: createdAt,
      rows: leads.length,
      taken: leads.length,
      duplicates: 0,
      rejected: 0,
    },
  });
  await db.lead.createMany({ data: leads });
  await db.call.createMany({ data: calls });
  return wanted;
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
