import type { Bus, RelayedFact } from '../adapters/bus';
import type { Driver } from '../db/client';
import type { Relaying } from './relay';

/** Facts of one transaction. */
const BATCH = 500;

interface OutboxRow {
  readonly id: number;
  readonly organizationId: number;
  readonly name: string;
  readonly userId: string | null;
  readonly teamId: number | null;
  readonly payload: unknown;
}

/**
 * Numbers the facts of the outbox, by organization and in the order in which they are found committed: gaplessly, since
 * only one relay does so. Then it tells them; whoever does not hear reads them from the outbox.
 */
export class FactRelay implements Relaying {
  readonly news = 'facts';

  constructor(
    private readonly driver: Driver,
    private readonly bus: Bus,
  ) {}

  /** @returns whether there may be more */
  async relay(): Promise<boolean> {
    const connection = await this.driver.connection();
    try {
      // Reads what is committed and waits for nobody who is not.
      const rows = await connection.query<OutboxRow[]>(
        `SELECT id, organizationId, name, userId, teamId, payload FROM outbox WHERE seq IS NULL ORDER BY id LIMIT ${BATCH}`,
      );
      if (rows.length === 0) return false;
      await connection.beginTransaction();
      const numbered: { organizationId: number; facts: RelayedFact[] }[] = [];
      for (const [organizationId, own] of byOrganization(rows)) {
        await connection.query(
          'INSERT INTO event_stream (organizationId, seq) VALUES (?, ?) ON DUPLICATE KEY UPDATE seq = seq + ?',
          [organizationId, own.length, own.length],
        );
        const [stream] = await connection.query<{ seq: number }[]>(
          'SELECT seq FROM event_stream WHERE organizationId = ?',
          [organizationId],
        );
        const first = (stream?.seq ?? 0) - own.length + 1;
        const facts = own.map((row, index) => ({ ...factOf(row), seq: first + index }));
        await connection.batch(
          'UPDATE outbox SET seq = ? WHERE id = ?',
          own.map((row, index) => [first + index, row.id]),
        );
        numbered.push({ organizationId, facts });
      }
      await connection.commit();
      for (const message of numbered) this.bus.publish({ kind: 'facts', ...message });
      return rows.length === BATCH;
    } catch (error) {
      await connection.rollback().catch(() => undefined);
      throw error;
    } finally {
      await connection.release();
    }
  }
}

function byOrganization(rows: readonly OutboxRow[]): Map<number, OutboxRow[]> {
  const groups = new Map<number, OutboxRow[]>();
  for (const row of rows) groups.set(row.organizationId, [...(groups.get(row.organizationId) ?? []), row]);
  return groups;
}

const factOf = ({ name, userId, teamId, payload }: OutboxRow) => ({
  name,
  userId,
  teamId,
  payload: typeof payload === 'string' ? (JSON.parse(payload) as unknown) : payload,
});
