import { basename, extname } from 'node:path';
import type { Page, Sheet, SheetMapping } from '@outdial/contracts';
import { isSupportedCountry, toCsv } from '@outdial/sheets';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Clock } from '../../adapters/clock';
import { type FileStorage, storageKey } from '../../adapters/file-storage';
import { type SheetReader, UnreadableSheetError } from '../../adapters/sheet-reader';
import { insertLeads } from '../../db/bulk-leads';
import type { BulkConnections, Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { decodeCursor, pageFrom, timeIdCursor } from '../../db/keyset';
import { forOrganization, type TenantDb } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import type { ServedFile } from '../calls/recordings.service';
import { type SheetRow, sheetInclude, toSheet } from './sheet-rows';

/** A file that has arrived but is not kept yet. */
export interface UploadedFile {
  readonly path: string;
  readonly originalName: string;
  readonly sizeBytes: number;
}

interface IssueFilter {
  cursor?: string | undefined;
  limit: number;
  kind?: 'duplicate' | 'rejected' | undefined;
}

const lineCursor = z.tuple([z.int()]);

const pairsOf = (values: unknown) => values as [column: string, value: string][];

/** Sheets: uploaded, understood, turned into leads. Everyone sees their own. */
export class SheetsService {
  constructor(
    private readonly db: Db,
    private readonly bulk: BulkConnections,
    private readonly clock: Clock,
    private readonly storage: FileStorage,
    private readonly reader: SheetReader,
  ) {}

  /** Keeps the file under a name of our own. Repeating an id answers what the first time did. */
  async upload(actor: Actor, id: string, file: UploadedFile): Promise<Sheet> {
    const db = forOrganization(this.db, actor.organizationId);
    const known = await db.sheet.findUnique({ where: { id } });
    if (known) return this.show(actor, id);
    const fileName = basename(file.originalName).normalize('NFC').slice(0, 255);
    const { format } = await readable(this.reader.read({ kind: 'inspect', path: file.path, fileName }));
    const now = this.clock.now();
    const key = storageKey('sheets', actor.organizationId, now, id, format === 'text' ? 'csv' : format);
    await this.storage.put(key, file.path);
    const name = basename(fileName, extname(fileName)).slice(0, 200) || 'Sheet';
    const campaignId = uuidv7();
    try {
      await db.$transaction([
        db.campaign.create({
          data: { id: campaignId, organizationId: actor.organizationId, name, status: 'draft' },
        }),
        db.sheet.create({
          data: {
            id,
            organizationId: actor.organizationId,
            campaignId,
            uploadedById: actor.userId,
            name,
            fileName,
            storageKey: key,
            sizeBytes: file.sizeBytes,
            format,
            status: 'uploaded',
          },
        }),
      ]);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    return this.show(actor, id);
  }

  async list(
    actor: Actor,
    { cursor, limit }: { cursor?: string | undefined; limit: number },
  ): Promise<Page<Sheet>> {
    const db = forOrganization(this.db, actor.organizationId);
    const after = cursor ? decodeCursor(cursor, timeIdCursor) : null;
    const rows = await db.sheet.findMany({
      where: {
        uploadedById: actor.userId,
        ...(after && {
          createdAt: { lte: new Date(after[0]) },
          NOT: { createdAt: new Date(after[0]), id: { gte: after[1] } },
        }),
      },
      include: sheetInclude,
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const page = pageFrom(rows, limit, (row) => [row.createdAt.toISOString(), row.id]);
    const waiting = await db.lead.groupBy({
      by: ['sheetId'],
      where: { sheetId: { in: page.rows.map((row) => row.id) }, status: 'new' },
      _count: { _all: true },
    });
    const remaining = new Map(waiting.map((group) => [group.sheetId, group._count._all]));
    return {
      items: page.rows.map((row) => toSheet(row, remaining.get(row.id) ?? 0)),
      nextCursor: page.nextCursor,
    };
  }

  async show(actor: Actor, sheetId: string): Promise<Sheet> {
    const db = forOrganization(this.db, actor.organizationId);
    const row = await this.#own(db, actor, sheetId);
    return toSheet(row, await db.lead.count({ where: { sheetId, status: 'new' } }));
  }

  /** Turns the file into leads, all or none. A second time answers what the first did. */
  async import(actor: Actor, sheetId: string, mapping: SheetMapping, country?: string): Promise<Sheet> {
    const db = forOrganization(this.db, actor.organizationId);
    const row = await this.#own(db, actor, sheetId);
    if (!row.importedAt) {
      const file = await this.storage.find(row.storageKey);
      if (!file) throw notFound('The file of this sheet');
      const { sheetName, encoding, delimiter, ...columns } = mapping;
      const result = await readable(
        this.reader.read({
          kind: 'extract',
          path: file.path,
          fileName: row.fileName,
          options: { sheetName, encoding, delimiter, headerLine: columns.headerLine },
          mapping: columns,
          country: await this.#country(db, actor, country),
        }),
      );
      await insertLeads(this.bulk, row, mapping, result);
    }
    return this.show(actor, sheetId);
  }

  async issues(actor: Actor, sheetId: string, { cursor, limit, kind }: IssueFilter) {
    const db = forOrganization(this.db, actor.organizationId);
    await this.#own(db, actor, sheetId);
    const [after] = cursor ? decodeCursor(cursor, lineCursor) : [0];
    const rows = await db.sheetIssue.findMany({
      where: { sheetId, line: { gt: after }, ...(kind && { kind }) },
      orderBy: { line: 'asc' },
      take: limit + 1,
    });
    const page = pageFrom(rows, limit, (row) => [row.line]);
    const items = page.rows.map(({ line, kind, reason, message, values }) => ({
      line,
      kind: kind as 'duplicate' | 'rejected',
      reason,
      message,
      values: Object.fromEntries(pairsOf(values)),
    }));
    return { items, nextCursor: page.nextCursor };
  }

  /** Rows that were not taken, as CSV that a spreadsheet cannot be tricked by. */
  async issuesCsv(actor: Actor, sheetId: string): Promise<string> {
    const db = forOrganization(this.db, actor.organizationId);
    await this.#own(db, actor, sheetId);
    const rows = await db.sheetIssue.findMany({ where: { sheetId }, orderBy: { line: 'asc' } });
    const columns = [...new Set(rows.flatMap((row) => pairsOf(row.values).map(([column]) => column)))];
    return toCsv([
      ['Line', 'Why', ...columns],
      ...rows.map((row) => {
        const values = new Map(pairsOf(row.values));
        return [String(row.line), row.message, ...columns.map((column) => values.get(column) ?? '')];
      }),
    ]);
  }

  async file(actor: Actor, sheetId: string): Promise<ServedFile> {
    const row = await this.#own(forOrganization(this.db, actor.organizationId), actor, sheetId);
    const file = await this.storage.find(row.storageKey);
    if (!file) throw notFound('The file of this sheet');
    return { file, mimeType: 'application/octet-stream', fileName: row.fileName };
  }

  async #own(db: TenantDb, actor: Actor, sheetId: string): Promise<SheetRow> {
    const row = await db.sheet.findUnique({
      where: { id: sheetId, uploadedById: actor.userId },
      include: sheetInclude,
    });
    if (!row) throw notFound('This sheet');
    return row;
  }

  async #country(db: TenantDb, actor: Actor, asked?: string) {
    const settings = await db.organizationSettings.findUnique({
      where: { organizationId: actor.organizationId },
    });
    const country = asked ?? settings?.defaultCountry ?? 'US';
    if (isSupportedCountry(country)) return country;
    throw new AppError('validation', `${country} is not a country whose numbers are known. Choose another.`);
  }
}

async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof UnreadableSheetError)
      throw new AppError('sheet-unreadable', error.message, { reason: error.reason });
    throw error;
  }
}
