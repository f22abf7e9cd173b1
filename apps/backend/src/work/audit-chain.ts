import { createHash } from 'node:crypto';

/** An audit entry as it is hashed: every column, as stored. */
export interface ChainedEntry {
  readonly id: number | bigint;
  readonly organizationId: number;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

/** What the first entry of an organization follows. */
export const CHAIN_START = Buffer.alloc(32);

/**
 * The seal of an entry: SHA-256 (FIPS 180-4) over the seal before and the entry's columns as a JSON list. Whoever
 * removes, alters or re-orders entries would have to make every later seal anew.
 */
export function sealOf(previous: Uint8Array, entry: ChainedEntry): Buffer {
  const columns = [
    String(entry.id),
    entry.organizationId,
    entry.at.toISOString(),
    entry.actorKind,
    entry.actorId,
    entry.actorName,
    entry.action,
    entry.subjectKind,
    entry.subjectId,
    entry.before,
    entry.after,
    entry.address,
    entry.requestId,
  ];
  return createHash('sha256').update(previous).update(JSON.stringify(columns)).digest();
}
