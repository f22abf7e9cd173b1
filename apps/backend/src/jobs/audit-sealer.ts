import type { PoolConnection } from 'mariadb';
import type { Driver } from '../db/client';
import { CHAIN_START, type ChainedEntry, sealOf } from '../work/audit-chain';
import type { Relaying } from './relay';

const BATCH = 500;

/**
 * Seals audit entries, each organization's in a chain of its own. Apart from the transactions that write them: a chain
 * there would have all of an organization's changes wait for each other.
 */
export class AuditSealer implements Relaying {
  readonly news = 'audit';

  constructor(private readonly driver: Driver) {}

  /** @returns whether there may be more */
  async relay(): Promise<boolean> {
    const connection = await this.driver.connection();
    try {
      const entries = await connection.query<ChainedEntry[]>(
        `SELECT e.* FROM audit_unsealed u JOIN audit_entry e ON e.id = u.entryId ORDER BY u.entryId LIMIT ${BATCH}`,
      );
      if (entries.length === 0) return false;
      await connection.beginTransaction();
      for (const [organizationId, own] of byOrganization(entries))
        await this.#seal(connection, organizationId, own);
      await connection.batch(
        'DELETE FROM audit_unsealed WHERE entryId = ?',
        entries.map(({ id }) => [id]),
      );
      await connection.commit();
      return entries.length === BATCH;
    } catch (error) {
      await connection.rollback().catch(() => undefined);
      throw error;
    } finally {
      await connection.release();
    }
  }

  async #seal(
    connection: PoolConnection,
    organizationId: number,
    entries: readonly ChainedEntry[],
  ): Promise<void> {
    const [head] = await connection.query<{ seq: number; hash: Buffer }[]>(
      'SELECT seq, hash FROM audit_seal WHERE organizationId = ? ORDER BY seq DESC LIMIT 1 FOR UPDATE',
      [organizationId],
    );
    let hash: Buffer = head?.hash ?? CHAIN_START;
    const seals = entries.map((entry, index) => {
      hash = sealOf(hash, entry);
      return [organizationId, (head?.seq ?? 0) + index + 1, entry.id, hash];
    });
    await connection.batch(
      'INSERT INTO audit_seal (organizationId, seq, entryId, hash) VALUES (?, ?, ?, ?)',
      seals,
    );
  }
}

function byOrganization(entries: readonly ChainedEntry[]): Map<number, ChainedEntry[]> {
  const groups = new Map<number, ChainedEntry[]>();
  for (const entry of entries)
    groups.set(entry.organizationId, [...(groups.get(entry.organizationId) ?? []), entry]);
  return groups;
}
