import { CALL_STATUSES } from '@outdial/contracts';
import { publicId } from '../../src/db/public-ids';
import { firstIdAt } from '../../src/db/time-id';
import type { CallFilter } from '../../src/services/calls/call-filter';
import { partOf } from '../../src/services/calls/contacts';
import type { Scope } from '../../src/work/scope';
import type { Examples } from './examples';
import { COMMON } from './made-up';

export const LIMIT = 50;

/** A filter of the history, and statements that give the ids of its page; the quickest of them is compared with. */
export interface Filter {
  readonly name: string;
  readonly scope?: Scope;
  readonly filter: CallFilter & { readonly beforeId?: number };
  /** The row of the filter's sheet. */
  readonly sheetId?: number;
  readonly byHand: readonly string[];
}

const END = `ORDER BY id DESC LIMIT ${LIMIT}`;

/** Ids by one index, newest first. */
const ids = (index: string, where: string): string =>
  `SELECT id FROM \`call\` FORCE INDEX (${index}) WHERE organizationId = 1 AND ${where} ${END}`;
const walk = (where: string): string => ids('PRIMARY', where);
const union = (branches: readonly string[]): string =>
  `SELECT id FROM (${branches.map((sql) => `(${sql})`).join(' UNION ALL ')}) AS b ${END}`;

function byKind(
  matches: (status: string, isInbound: boolean, isRecorded: boolean) => boolean,
  and = 'TRUE',
): string {
  const kinds = CALL_STATUSES.flatMap((status, index) =>
    [0, 1, 2, 3]
      .filter((bits) => matches(status, (bits & 2) > 0, (bits & 1) > 0))
      .map((bits) => (index + 1) * 4 + bits),
  );
  return union(kinds.map((kind) => ids('call_kind', `kind = ${kind} AND ${and}`)));
}

const byDuration = (classes: readonly number[], where: string): string =>
  union(classes.map((of) => ids('call_duration', `durationClass = ${of} AND ${where}`)));

/** Calls of contacts that a subquery gives. */
const byContacts = (contacts: string): string =>
  `SELECT STRAIGHT_JOIN c.id FROM (${contacts}) AS k JOIN \`call\` c FORCE INDEX (call_organizationId_contactId_idx)
   ON c.organizationId = 1 AND c.contactId = k.id ORDER BY c.id DESC LIMIT ${LIMIT}`;

const numbered = (where: string): string => `SELECT id FROM contact WHERE organizationId = 1 AND ${where}`;

function parts(digits: string): string {
  const from = partOf(digits);
  return `SELECT DISTINCT k.id FROM contact_part p JOIN contact k ON k.organizationId = 1 AND k.id = p.contactId
    WHERE p.organizationId = 1 AND p.part BETWEEN ${from} AND ${from + 10 ** Math.max(0, 8 - digits.length) - 1}
    AND k.number LIKE '%${digits}%'`;
}

const worded = (word: string, and = ''): string =>
  `SELECT DISTINCT w.contactId AS id FROM contact_word w ${and} WHERE w.organizationId = 1 AND w.word LIKE '${word}%'`;
const alsoWorded = (word: string): string =>
  `JOIN contact_word o ON o.organizationId = 1 AND o.contactId = w.contactId AND o.word LIKE '${word}%'`;
const hasWord = (word: string): string =>
  `EXISTS (SELECT 1 FROM contact_word w WHERE w.organizationId = 1 AND w.contactId = \`call\`.contactId
   AND w.word LIKE '${word}%')`;

const MONTH = { from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' };

function ofCalls({ page1000, agentId, teamId, sheet, leadId }: Examples): Filter[] {
  const month = `id >= ${firstIdAt(new Date(MONTH.from))} AND id < ${firstIdAt(new Date(MONTH.to))}`;
  const [agent, failed] = [`agentId = ${agentId}`, (status: string) => status === 'failed'];
  const [short, long] = ['durationMs BETWEEN 10000 AND 12000', 'durationMs >= 1200000'];
  return [
    { name: 'none', filter: {}, byHand: [walk('TRUE')] },
    { name: 'none, page 1000', filter: { beforeId: page1000 }, byHand: [walk(`id < ${page1000}`)] },
    { name: 'a month', filter: MONTH, byHand: [walk(month)] },
    { name: 'agent', filter: { agentId: publicId('agent', agentId) }, byHand: [ids('call_agent', agent)] },
    {
      name: 'team, by its manager',
      scope: { kind: 'team', teamIds: [teamId], agentId: null },
      filter: {},
      byHand: [ids('call_team', `teamId = ${teamId}`)],
    },
    {
      name: 'sheet',
      filter: { sheetId: sheet.uuid },
      sheetId: sheet.id,
      byHand: [ids('call_sheet', `sheetId = ${sheet.id}`)],
    },
    {
      name: 'lead',
      filter: { leadId: publicId('lead', leadId) },
      byHand: [ids('call_organizationId_leadId_idx', `leadId = ${leadId}`)],
    },
    {
      name: 'status, common (38 %)',
      filter: { status: ['answered'] },
      byHand: [byKind((status) => status === 'answered'), walk("status = 'answered'")],
    },
    { name: 'status, rare (0.01 %)', filter: { status: ['failed'] }, byHand: [byKind(failed)] },
    {
      name: 'agent and rare status',
      filter: { agentId: publicId('agent', agentId), status: ['failed'] },
      byHand: [byKind(failed, agent), ids('call_agent', `${agent} AND kind BETWEEN 28 AND 31`)],
    },
    {
      name: 'inbound (6 %)',
      filter: { direction: 'inbound' },
      byHand: [byKind((_, isInbound) => isInbound), walk("direction = 'inbound'")],
    },
    {
      name: 'recorded (34 %)',
      filter: { recorded: '1' },
      byHand: [byKind((_s, _i, isRecorded) => isRecorded), walk('recorded = 1')],
    },
    {
      name: '10 to 12 s',
      filter: { minDurationMs: 10_000, maxDurationMs: 12_000 },
      byHand: [byDuration([4], short), walk(short)],
    },
    {
      name: 'longer than 20 min',
      filter: { minDurationMs: 1_200_000 },
      byHand: [byDuration([11, 12, 13, 14], long), walk(long)],
    },
  ];
}

function ofContacts({ number, rareWord }: Examples): Filter[] {
  const {
    first: [first, other],
    last,
  } = COMMON;
  const start = number.slice(0, 8);
  const digits = (name: string, text: string): Filter => ({
    name,
    filter: { number: text },
    byHand: [byContacts(parts(text)), walk(`destination LIKE '%${text}%'`)],
  });
  return [
    { name: 'number, whole', filter: { number }, byHand: [byContacts(numbered(`number = '${number}'`))] },
    {
      name: 'number, its start (8 characters)',
      filter: { number: start },
      byHand: [byContacts(numbered(`number LIKE '${start}%'`)), walk(`destination LIKE '${start}%'`)],
    },
    digits('number, last 4 digits', number.slice(-4)),
    digits('number, last 7 digits', number.slice(-7)),
    digits('number, 5 digits in the middle', number.slice(5, 10)),
    { name: 'name, rare word', filter: { name: rareWord }, byHand: [byContacts(worded(rareWord))] },
    {
      name: 'name, common word',
      filter: { name: first },
      byHand: [byContacts(worded(first)), walk(hasWord(first))],
    },
    {
      name: 'name, first and last',
      filter: { name: `${first} ${last}` },
      byHand: [byContacts(worded(last, alsoWorded(first))), walk(`${hasWord(last)} AND ${hasWord(first)}`)],
    },
    {
      name: 'name, two that nobody has',
      filter: { name: `${first} ${other}` },
      byHand: [byContacts(`${worded(first)} AND w.contactId IN (${worded(other)})`)],
    },
  ];
}

export const filtersOf = (examples: Examples): Filter[] => [...ofCalls(examples), ...ofContacts(examples)];
