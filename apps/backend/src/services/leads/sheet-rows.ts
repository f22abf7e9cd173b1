import type { Sheet, SheetStatus } from '@outdial/contracts';
import type { Prisma } from '../../db/generated/client';
import { uuidText } from '../../db/public-ids';

export const sheetInclude = {
  uploadedBy: { select: { id: true, name: true } },
  file: { select: { key: true, sizeBytes: true } },
  import: true,
} satisfies Prisma.SheetInclude;

export type SheetRow = Prisma.SheetGetPayload<{ include: typeof sheetInclude }>;
type ImportRow = NonNullable<SheetRow['import']>;

export function toSheet(row: SheetRow, remaining: number): Sheet {
  const id = uuidText(row.uuid);
  return {
    id,
    name: row.name,
    fileName: row.fileName,
    sizeBytes: Number(row.file.sizeBytes),
    format: row.format,
    status: statusOf(row),
    counts: row.import?.state === 'done' ? countsOf(row.import) : null,
    import: row.import && progressOf(row.import),
    remaining,
    createdAt: row.createdAt.toISOString(),
    importedAt: row.import?.doneAt?.toISOString() ?? null,
    uploadedBy: row.uploadedBy,
    url: `/api/sheets/${id}/file`,
  };
}

/** The import is read a moment after the sheet: it may have been done between the two. */
function statusOf({ status, import: progress }: SheetRow): SheetStatus {
  return status === 'importing' && progress?.state === 'done' ? 'ready' : (status as SheetStatus);
}

const countsOf = ({ rows, taken, duplicates, rejected, notData, known }: ImportRow) => ({
  rows: rows ?? 0,
  taken: taken ?? 0,
  duplicates: duplicates ?? 0,
  rejected: rejected ?? 0,
  notData: notData ?? 0,
  known: known ?? 0,
});

function progressOf({ state, rows, written, failure, failureReason }: ImportRow): Sheet['import'] {
  if (state === 'done') return null;
  return {
    state: state as 'queued' | 'reading' | 'writing' | 'failed',
    rows,
    written,
    failure: failure === null ? null : { reason: failureReason ?? 'failed', message: failure },
  };
}
