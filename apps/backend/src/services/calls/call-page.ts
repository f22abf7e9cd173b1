import type { TenantReader } from '../../db/tenant';
import type { Condition } from './call-filter';
import type { ListedCall } from './call-rows';

/** Raw SQL gives unsigned numbers as bigint. */
type Num = number | bigint;

/** A call with what belongs to it, as one row. */
interface JoinedRow
  extends Omit<
    ListedCall,
    'sipCode' | 'ringMs' | 'talkMs' | 'durationMs' | 'attempt' | 'agent' | 'lead' | 'sheet' | 'recording'
  > {
  readonly id: Num;
  readonly sipCode: Num | null;
  readonly ringMs: Num | null;
  readonly talkMs: Num | null;
  readonly durationMs: Num | null;
  readonly attempt: Num | null;
  readonly agentId: Num;
  readonly agentName: string;
  readonly leadId: Num | null;
  readonly leadName: string | null;
  readonly sheetUuid: Uint8Array<ArrayBuffer> | null;
  readonly sheetName: string | null;
  readonly recordingStatus: string | null;
  readonly recordingMs: Num | null;
  readonly mimeType: string | null;
  readonly sizeBytes: Num | null;
  readonly peaksFileId: Num | null;
}

const number = (value: Num | null): number | null => (value === null ? null : Number(value));

function listed(row: JoinedRow): ListedCall & { readonly id: number } {
  const { leadId, sheetUuid, recordingStatus } = row;
  return {
    ...row,
    id: Number(row.id),
    sipCode: number(row.sipCode),
    ringMs: number(row.ringMs),
    talkMs: number(row.talkMs),
    durationMs: number(row.durationMs),
    attempt: number(row.attempt),
    agent: { id: Number(row.agentId), user: { name: row.agentName } },
    lead: leadId === null ? null : { id: Number(leadId), name: row.leadName },
    sheet: sheetUuid && { uuid: sheetUuid, name: row.sheetName ?? '' },
    recording: recordingStatus
      ? {
          status: recordingStatus,
          durationMs: Number(row.recordingMs),
          mimeType: row.mimeType ?? '',
          peaksFileId: number(row.peaksFileId),
          file: { sizeBytes: BigInt(row.sizeBytes ?? 0) },
        }
      : null,
  };
}

/**
 * The calls of a page, newest first, in one statement: reading rows and relations through Prisma took two to twelve
 * times as long (docs/benchmarks.md).
 * The keys of agents and users are forced: with few of them, an index by organization looks as good, and reads all of
 * them for each call.
 * @param ids a statement that gives their ids as `id`
 */
export async function readCalls(
  db: TenantReader,
  organizationId: number,
  ids: Condition,
): Promise<(ListedCall & { readonly id: number })[]> {
  const rows = await db.$queryRawUnsafe<JoinedRow[]>(
    `SELECT STRAIGHT_JOIN p.id, p.uuid, p.direction, p.destination, p.status, p.reached, p.fault, p.sipCode, p.cause, p.hangupBy, p.startedAt,
        p.ringingAt, p.answeredAt, p.endedAt, p.ringMs, p.talkMs, p.durationMs, p.attempt, p.agentId, u.name AS agentName,
        l.id AS leadId, l.name AS leadName, s.uuid AS sheetUuid, s.name AS sheetName, r.status AS recordingStatus,
        r.durationMs AS recordingMs, r.mimeType, r.peaksFileId, f.sizeBytes
      FROM (${ids.sql}) AS page JOIN \`call\` p ON p.organizationId = ? AND p.id = page.id
      JOIN agent_profile a FORCE INDEX (PRIMARY) ON a.organizationId = p.organizationId AND a.id = p.agentId
      JOIN user u FORCE INDEX (PRIMARY) ON u.organizationId = p.organizationId AND u.id = a.userId
      LEFT JOIN \`lead\` l ON l.organizationId = p.organizationId AND l.id = p.leadId
      LEFT JOIN sheet s ON s.organizationId = p.organizationId AND s.id = p.sheetId
      LEFT JOIN recording r ON r.organizationId = p.organizationId AND r.callId = p.id
      LEFT JOIN stored_file f ON f.organizationId = p.organizationId AND f.id = r.fileId ORDER BY p.id DESC`,
    ...ids.values,
    organizationId,
  );
  return rows.map(listed);
}
