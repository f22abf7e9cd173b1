import type { Connection } from 'mariadb';
import { v7 as uuidv7 } from 'uuid';
import { uuidBytes } from '../../src/db/public-ids';
import { firstIdAt } from '../../src/db/time-id';
import { partsOf } from '../../src/services/calls/contacts';

export const CALLS = 30_000;
/** People with a name of their own, called once each before all others: more than a query can go by. */
export const OLDEN = 2_100;
const START = new Date('2026-01-01T00:00:00Z');

interface Owners {
  readonly organizationId: number;
  readonly agents: readonly number[];
  readonly teamId: number;
  readonly sheetId: number;
  readonly campaignId: number;
}

/** Calls a minute apart, each contact's in its turn, of few failed; before them those of the olden. */
export async function insertHistory(connection: Connection, owners: Owners): Promise<void> {
  const { organizationId, agents, teamId, sheetId, campaignId } = owners;
  const numbers = Array.from({ length: CALLS / 3 }, (_, n) => `+1202${5_000_000 + n * 37}`);
  await connection.batch(
    'INSERT INTO contact (organizationId, number, name) VALUES (?, ?, ?)',
    numbers.map((number, n) => [organizationId, number, `Contact ${n}`]),
  );
  const contacts = await connection.query<{ id: number; number: string }[]>('SELECT id, number FROM contact');
  await connection.batch(
    'INSERT INTO contact_part (organizationId, part, contactId) VALUES (?, ?, ?)',
    contacts.flatMap(({ id, number }) => partsOf(number).map((part) => [organizationId, part, id])),
  );
  await connection.batch(
    'INSERT INTO contact_word (organizationId, word, contactId) VALUES (?, ?, ?)',
    contacts.flatMap(({ id }, n) => [
      [organizationId, 'contact', id],
      [organizationId, `${n}`, id],
      // Each is the name of more than a query can go by; few have both.
      ...(n < 2_500 ? [[organizationId, 'early', id]] : []),
      ...(n >= 2_400 ? [[organizationId, 'late', id]] : []),
      ...(n === 7 ? [[organizationId, 'zoë', id]] : []),
    ]),
  );
  const rows = Array.from({ length: CALLS }, (_, n) => {
    const at = new Date(START.getTime() + n * 60_000);
    const contact = contacts[n % contacts.length];
    const status = n % 5_000 === 0 ? 'failed' : n % 3 === 0 ? 'answered' : 'no-answer';
    return [
      organizationId,
      firstIdAt(at),
      Buffer.from(uuidBytes(uuidv7())),
      agents[n % agents.length],
      n % 7 === 0 ? teamId : null,
      n % 100 === 0 ? sheetId : null,
      n % 100 === 0 ? campaignId : null,
      contact?.id,
      contact?.number,
      status,
      at,
      (n % 1_200) * 1_000,
    ];
  });
  await connection.batch(
    `INSERT INTO \`call\` (organizationId, id, uuid, agentId, teamId, sheetId, campaignId, contactId, direction,
      destination, status, startedAt, durationMs) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'outbound', ?, ?, ?, ?)`,
    rows,
  );
  await insertOlden(connection, owners);
  await connection.query('ANALYZE TABLE `call`, contact, contact_part, contact_word');
}

async function insertOlden(connection: Connection, { organizationId, agents }: Owners): Promise<void> {
  const numbers = Array.from({ length: OLDEN }, (_, n) => `+4930${1_000_000 + n}`);
  await connection.batch(
    'INSERT INTO contact (organizationId, number, name) VALUES (?, ?, ?)',
    numbers.map((number) => [organizationId, number, 'Somebody']),
  );
  const contacts = await connection.query<{ id: number; number: string }[]>(
    "SELECT id, number FROM contact WHERE number LIKE '+49%' ORDER BY id",
  );
  await connection.batch(
    'INSERT INTO contact_word (organizationId, word, contactId) VALUES (?, ?, ?)',
    contacts.flatMap(({ id }) => [
      [organizationId, 'olden', id],
      [organizationId, 'times', id],
    ]),
  );
  await connection.batch(
    `INSERT INTO \`call\` (organizationId, id, uuid, agentId, contactId, direction, destination, status, startedAt,
      durationMs) VALUES (?, ?, ?, ?, ?, 'outbound', ?, 'no-answer', ?, 0)`,
    contacts.map(({ id, number }, n) => {
      const at = new Date(START.getTime() - (n + 1) * 60_000);
      const uuid = Buffer.from(uuidBytes(uuidv7()));
      return [organizationId, firstIdAt(at), uuid, agents[0], id, number, at];
    }),
  );
}
