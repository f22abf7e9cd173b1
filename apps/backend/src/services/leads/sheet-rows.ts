import type { Sheet, SheetStatus } from '@outdial/contracts';
import type { Prisma } from '../../db/generated/client';

export const sheetInclude = {
  uploadedBy: { select: { id: true, name: true } },
} satisfies Prisma.SheetInclude;

export type SheetRow = Prisma.SheetGetPayload<{ include: typeof sheetInclude }>;

export function toSheet(row: SheetRow, remaining: number): Sheet {
  return {
    id: row.id,
    name: row.name,
    fileName: row.fileName,
    sizeBytes: row.sizeBytes,
    format: row.format,
    status: row.status as SheetStatus,
    counts:
      row.importedAt === null
        ? null
        : {
            rows: row.rows ?? 0,
            taken: row.taken ?? 0,
            duplicates: row.duplicates ?? 0,
            rejected: row.rejected ?? 0,
          },
    remaining,
    createdAt: row.createdAt.toISOString(),
    importedAt: row.importedAt?.toISOString() ?? null,
    uploadedBy: row.uploadedBy,
    url: `/api/sheets/${row.id}/file`,
  };
}
