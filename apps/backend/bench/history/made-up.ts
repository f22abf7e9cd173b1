import { firstIdAt } from '../../src/db/time-id';

/** The history ends here and goes back this long; the same in every run. */
const END = Date.UTC(2026, 10, 1);
const SPAN_MS = 730 * 24 * 3_600_000;

/** How much of everything an organization has, and the first row of each kind, all counted on. */
export interface Organization {
  readonly id: number;
  readonly calls: number;
  readonly agents: number;
  readonly teams: number;
  readonly sheets: number;
  /** Leads are the first of the contacts; the others were dialed by hand or called in. */
  readonly leads: number;
  readonly contacts: number;
  readonly first: {
    readonly agent: number;
    readonly team: number;
    readonly sheet: number;
    readonly contact: number;
  };
}

/** The first of ten organizations has half of all calls; each number is called four times on average. */
export function organizationsOf(rows: number): Organization[] {
  const first = { agent: 1, team: 1, sheet: 1, contact: 1 };
  return Array.from({ length: 10 }, (_, index) => {
    const isLarge = index === 0;
    const calls = Math.floor(isLarge ? rows / 2 : rows / 18);
    const contacts = Math.ceil(calls / 4);
    const [agents, teams, sheets] = isLarge ? [200, 10, 60] : [30, 2, 10];
    const leads = Math.floor((contacts * 0.7) / sheets) * sheets;
    const organization = {
      id: index + 1,
      calls,
      agents,
      teams,
      sheets,
      leads,
      contacts,
      first: { ...first },
    };
    first.agent += agents;
    first.team += teams;
    first.sheet += sheets;
    first.contact += contacts;
    return organization;
  });
}

/** Between 0 and 1, the same for the same places (MurmurHash3's finalizer). */
function random(...places: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const place of places) {
    h = Math.imul(h ^ place, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return (h >>> 0) / 2 ** 32;
}

const FIRST_NAMES =
  'Maria Anna John Peter Fatima Wei Olga Juan Amina Lars Yuki Priya Ivan Chloé Hans Zoë Omar Lucía Sven Nadia'.split(
    ' ',
  );
const SYLLABLES = 'ba ke li mo nu ra se ti vo wu da fe gi ho ju ka le mi no pu'.split(' ');

/** Whom many are called: two first names, and a last name. */
export const COMMON = { first: ['maria', 'anna'], last: 'bababa' } as const;

/** Few names have most people, as everywhere: the square leans to the front. */
const often = <T>(list: readonly T[], chance: number): T => list[Math.floor(chance ** 2 * list.length)] as T;

/** @param index of the contact in its organization. @returns who was dialed by hand has no name */
export function contactOf(
  { id, leads }: Organization,
  index: number,
): { number: string; name: string | null } {
  const chance = (salt: number) => random(id, index, salt);
  const area = 201 + 13 * Math.floor(chance(1) ** 2 * 50);
  // A step that has no divisor in common with the number of numbers comes to each once.
  const line = 2_000_000 + ((index * 7_919_777) % 8_000_000);
  const last = [2, 3, 4].map((salt) => often(SYLLABLES, chance(salt))).join('');
  const name = `${often(FIRST_NAMES, chance(5))} ${last[0]?.toUpperCase()}${last.slice(1)}`;
  return { number: `+1${area}${line}`, name: index < leads ? name : null };
}

/** How calls end: the share of those up to each. */
const STATUSES: readonly (readonly [status: string, upTo: number, sipCode: number])[] = [
  ['failed', 0.0001, 503],
  ['answered', 0.38, 200],
  ['no-answer', 0.72, 480],
  ['busy', 0.82, 486],
  ['rejected', 0.88, 603],
  ['invalid-number', 0.92, 404],
  ['cancelled', 1, 487],
];

/** Calls of each organization that go on when the history is read. */
const IN_PROGRESS = 8;

/** Talk times lie like this: half are longer than 70 s, one in a hundred than 16 min. */
const talkOf = (one: number, other: number): number =>
  Math.round(70_000 * Math.exp(1.1 * Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other)));

export type Cell = string | number | null;

export const CALL_COLUMNS = `organizationId, id, @uuid, agentId, teamId, campaignId, sheetId, leadId, contactId,
  direction, destination, status, sipCode, cause, hangupBy, sipCallId, attempt, startedAt, ringingAt, answeredAt,
  endedAt, ringMs, talkMs, durationMs, recorded`;

const iso = (ms: number): string => new Date(ms).toISOString().slice(0, 23);
const hex = (value: number, digits: number): string => Math.floor(value).toString(16).padStart(digits, '0');

/** The calls of an organization from the oldest on, sheet after sheet with some overlap, as `CALL_COLUMNS`. */
export function* callsOf(organization: Organization): Generator<Cell[]> {
  for (let index = 0; index < organization.calls; index++) yield callOf(organization, index);
}

function callOf(organization: Organization, index: number): Cell[] {
  const { id, calls, first, leads, sheets } = organization;
  const chance = (salt: number) => random(id, index, 100 + salt);
  const at = Math.floor(END - SPAN_MS + ((index + chance(0)) * SPAN_MS) / calls);
  const isInbound = chance(1) < 0.06;
  const isOfSheet = !isInbound && chance(2) < 0.75;
  const sheet = Math.min(
    sheets - 1,
    Math.max(0, Math.floor((index / calls) * sheets + 3 * (chance(3) - 0.5))),
  );
  const each = leads / sheets;
  const lead = sheet * each + Math.floor(chance(4) * each);
  const contact = isOfSheet ? lead : Math.floor(chance(4) * organization.contacts);
  const agent = Math.floor(chance(5) * organization.agents);
  const isLive = index >= calls - IN_PROGRESS;
  const ended = STATUSES.find(([, upTo]) => chance(6) < upTo) ?? STATUSES[1];
  const [status, , sipCode] = isLive ? ['in-progress', 0, null] : (ended as (typeof STATUSES)[number]);
  const ringMs = Math.round(2_000 + chance(7) * 28_000);
  const talkMs = status === 'answered' ? talkOf(chance(8), chance(9)) : null;
  const durationMs = ringMs + (talkMs ?? 0);
  const ofSheet = (value: number) => (isOfSheet ? value : null);
  const ofEnded = <T>(value: T) => (isLive ? null : value);
  return [
    ...[id, firstIdAt(new Date(at)) + Math.floor(chance(10) * 4096)],
    `${hex(at, 12)}7${hex(chance(11) * 4096, 3)}8${hex(chance(12) * 2 ** 28, 7)}${hex(chance(13) * 2 ** 32, 8)}`,
    ...[first.agent + agent, first.team + (agent % organization.teams)],
    ...[ofSheet(first.sheet + sheet), ofSheet(first.sheet + sheet), ofSheet(first.contact + lead)],
    ...[first.contact + contact, isInbound ? 'inbound' : 'outbound', contactOf(organization, contact).number],
    ...[status, sipCode, ofEnded('Hung up'), ofEnded('agent'), `c${index}k2v9q1@outdial.invalid`, ofSheet(1)],
    ...[iso(at), iso(at + 300), talkMs === null ? null : iso(at + ringMs), ofEnded(iso(at + durationMs))],
    ...[ofEnded(ringMs), talkMs, ofEnded(durationMs)],
    status === 'answered' && chance(14) < 0.9 ? 1 : 0,
  ];
}
