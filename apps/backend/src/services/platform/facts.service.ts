import type { RelayedFact } from '../../adapters/bus';
import type { Db } from '../../db/client';
import { forOrganization } from '../../db/tenant';

/** More than this is not worth telling one by one: the page asks for everything anew. */
const MOST = 1_000;

/** The facts that have been numbered, as long as they are kept. */
export class FactsService {
  constructor(private readonly db: Db) {}

  /** The last number of each organization's stream; 0 where nothing was told yet. */
  async heads(organizationIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const rows = await this.db.eventStream.findMany({
      where: { organizationId: { in: [...organizationIds] } },
    });
    return new Map(rows.map(({ organizationId, seq }) => [organizationId, Number(seq)]));
  }

  /**
   * The facts after a number, in order.
   * @returns null when they are too many, or some of them are kept no longer
   */
  async since(organizationId: number, seq: number): Promise<RelayedFact[] | null> {
    const rows = await forOrganization(this.db, organizationId).outbox.findMany({
      where: { seq: { gt: seq } },
      orderBy: { seq: 'asc' },
      take: MOST + 1,
    });
    const isWhole = rows.length === 0 || Number(rows[0]?.seq) === seq + 1;
    if (rows.length > MOST || !isWhole) return null;
    return rows.map(({ seq: number, name, userId, teamId, payload }) => ({
      seq: Number(number),
      name,
      userId,
      teamId,
      payload,
    }));
  }
}
