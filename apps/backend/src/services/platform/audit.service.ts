import type { Db } from '../../db/client';
import { CHAIN_START, sealOf } from '../../work/audit-chain';

/** Where an organization's chain ends: written down elsewhere, it proves later that nothing was cut off. */
export interface ChainHead {
  readonly organizationId: number;
  readonly seq: number;
  /** Hexadecimal. */
  readonly hash: string;
}

export interface Verification {
  readonly heads: readonly ChainHead[];
  /** In words, with the row's number. */
  readonly faults: readonly string[];
}

const BATCH = 1_000;

/** The audit log, as it can be checked. */
export class AuditService {
  constructor(private readonly db: Db) {}

  async heads(): Promise<ChainHead[]> {
    const last = await this.db.auditSeal.groupBy({ by: ['organizationId'], _max: { seq: true } });
    const seals = await Promise.all(
      last.map(({ organizationId, _max: { seq } }) =>
        this.db.auditSeal.findFirstOrThrow({ where: { organizationId, seq: seq ?? 0n } }),
      ),
    );
    return seals.map(({ organizationId, seq, hash }) => ({
      organizationId,
      seq: Number(seq),
      hash: Buffer.from(hash).toString('hex'),
    }));
  }

  /**
   * Walks every chain and finds entries that were removed, altered, re-ordered or added past it.
   * @param known heads that were written down before: what they sealed must still be there
   */
  async verify(known: readonly ChainHead[] = []): Promise<Verification> {
    const organizations = await this.db.organization.findMany({
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    const faults: string[] = [];
    for (const { id } of organizations) faults.push(...(await this.#walk(id, known)));
    faults.push(...(await this.#unsealed()));
    return { heads: await this.heads(), faults };
  }

  async #walk(organizationId: number, known: readonly ChainHead[]): Promise<string[]> {
    const faults: string[] = [];
    const expected = new Map(
      known.filter((head) => head.organizationId === organizationId).map(({ seq, hash }) => [seq, hash]),
    );
    let previous: Uint8Array = CHAIN_START;
    let seq = 0;
    for (;;) {
      const seals = await this.db.auditSeal.findMany({
        where: { organizationId, seq: { gt: seq } },
        orderBy: { seq: 'asc' },
        take: BATCH,
      });
      const entries = await this.db.auditEntry.findMany({
        where: { id: { in: seals.map(({ entryId }) => entryId) }, organizationId },
      });
      const byId = new Map(entries.map((entry) => [entry.id, entry]));
      for (const seal of seals) {
        const where = `organization ${organizationId}, seal ${seal.seq}, entry ${seal.entryId}`;
        if (Number(seal.seq) !== seq + 1) faults.push(`${where}: seals before it are gone`);
        const entry = byId.get(seal.entryId);
        if (!entry) faults.push(`${where}: the entry is gone`);
        else if (!sealOf(previous, entry).equals(seal.hash)) faults.push(`${where}: altered or re-ordered`);
        const hash = Buffer.from(seal.hash).toString('hex');
        if (expected.has(Number(seal.seq)) && expected.get(Number(seal.seq)) !== hash)
          faults.push(`${where}: not what was written down`);
        expected.delete(Number(seal.seq));
        previous = seal.hash;
        seq = Number(seal.seq);
      }
      if (seals.length < BATCH) break;
    }
    for (const missing of expected.keys())
      faults.push(
        `organization ${organizationId}: the chain ends before seal ${missing}, which was written down`,
      );
    return faults;
  }

  /** Entries that neither have a seal nor wait for one. */
  async #unsealed(): Promise<string[]> {
    const rows = await this.db.$queryRaw<{ id: bigint }[]>`SELECT e.id FROM audit_entry e
      LEFT JOIN audit_seal s ON s.entryId = e.id LEFT JOIN audit_unsealed u ON u.entryId = e.id
      WHERE s.entryId IS NULL AND u.entryId IS NULL LIMIT 100`;
    return rows.map(({ id }) => `entry ${id}: has no seal and waits for none`);
  }
}
