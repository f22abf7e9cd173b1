import type { Connection } from 'mariadb';
import { uuidText } from '../../src/db/public-ids';

/** Rows of the large organization to filter for, picked from what is there. */
export interface Examples {
  readonly page1000: number;
  readonly agentId: number;
  readonly teamId: number;
  readonly sheet: { readonly id: number; readonly uuid: string };
  readonly leadId: number;
  readonly number: string;
  readonly rareWord: string;
}

export async function examplesOf(connection: Connection, organizationId: number): Promise<Examples> {
  const one = async <T>(sql: string): Promise<T> => {
    const [row] = await connection.query<T[]>(sql, [organizationId]);
    if (!row) throw new Error(`There are too few rows to find an example: ${sql}`);
    return row;
  };
  const { calls } = await one<{ calls: bigint }>(
    'SELECT COUNT(*) AS calls FROM `call` WHERE organizationId = ?',
  );
  const page1000 = Math.min(50_000, Math.floor(Number(calls) / 2));
  const last = await one<{ id: bigint }>(
    `SELECT id FROM \`call\` WHERE organizationId = ? ORDER BY id DESC LIMIT 1 OFFSET ${page1000}`,
  );
  const call = await one<{
    agentId: number;
    teamId: number;
    sheetId: number;
    leadId: number;
    destination: string;
  }>(
    `SELECT agentId, teamId, sheetId, leadId, destination FROM \`call\`
     WHERE organizationId = ? AND leadId IS NOT NULL AND id < ${last.id} ORDER BY id DESC LIMIT 1`,
  );
  const sheet = await one<{ uuid: Uint8Array }>(
    `SELECT uuid FROM sheet WHERE organizationId = ? AND id = ${call.sheetId}`,
  );
  const rare = await one<{ word: string }>(
    `SELECT word FROM contact_word WHERE organizationId = ? GROUP BY word HAVING COUNT(*) >= 3
     ORDER BY COUNT(*), word LIMIT 1`,
  );
  return {
    page1000: Number(last.id),
    agentId: call.agentId,
    teamId: call.teamId,
    sheet: { id: call.sheetId, uuid: uuidText(sheet.uuid) },
    leadId: call.leadId,
    number: call.destination,
    rareWord: rare.word,
  };
}
