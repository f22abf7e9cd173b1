import { basename, extname } from 'node:path';
import type { Page, Sheet, SheetMapping } from '@outdial/contracts';
import { isSupportedCountry } from '@outdial/sheets';
import { v7 as uuidv7 } from 'uuid';
import type { Clock } from '../../adapters/clock';
import { type FileStorage, type StoredObject, storageKey } from '../../adapters/file-storage';
import { storeFile } from '../../adapters/local-copy';
import { type SheetReader, UnreadableSheetError } from '../../adapters/sheet-reader';
import type { UploadedFile } from '../../adapters/uploaded-file';
import type { Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { after, decodeCursor, numberCursor, pageFrom } from '../../db/keyset';
import { uuidBytes } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import type { Unit, Units } from '../../work/units';
import type { FilesService, ServedFile } from '../platform/files.service';
import type { SettingsService } from '../platform/settings.service';
import { fileNameOf } from './file-name';
import { type SheetRow, sheetInclude, toSheet } from './sheet-rows';
import { countsOf } from './tally';

/** Sheets: uploaded, and handed over to be turned into leads. Everyone sees their own. */
export class SheetsService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly clock: Clock,
    private readonly storage: FileStorage,
    private readonly files: FilesService,
    private readonly reader: SheetReader,
    private readonly settings: SettingsService,
  ) {}

  /** Keeps the file under a name of our own. Repeating an id answers what the first time did. */
  async upload(actor: Actor, id: string, file: UploadedFile): Promise<Sheet> {
    const { organizationId } = actor;
    const uuid = uuidBytes(id);
    const known = await forOrganization(this.db, organizationId).sheet.findUnique({ where: { uuid } });
    if (known) return this.show(actor, id);
    const format = await this.#sniff(file.path);
    const extension = format === 'text' ? 'csv' : format;
    const key = storageKey('sheets', organizationId, this.clock.now(), `${id}.${extension}`);
    const object = await storeFile(this.storage, key, file.path);
    const fileName = fileNameOf(file.originalName);
    try {
      await this.units.run(actor, (unit) => this.#add(unit, { uuid, fileName, format, object }, actor));
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
    const place = cursor ? decodeCursor(cursor, numberCursor) : null;
    const rows = await db.sheet.findMany({
      where: { uploadedById: actor.userId, ...after(['id'], place, 'desc') },
      include: sheetInclude,
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const page = pageFrom(rows, limit, (row) => [row.id]);
    const ids = page.rows.map((row) => row.id);
    const counts = await countsOf(db, ids);
    return {
      items: page.rows.map((row) => toSheet(row, counts(row.id).byLeadStatus.new)),
      nextCursor: page.nextCursor,
    };
  }

  async show(actor: Actor, sheetId: string): Promise<Sheet> {
    const row = await this.#own(actor, sheetId);
    const counts = await countsOf(forOrganization(this.db, actor.organizationId), [row.id]);
    return toSheet(row, counts(row.id).byLeadStatus.new);
  }

  /** Has the file turned into leads by the worker. A second time changes nothing, unless the first has failed. */
  async import(actor: Actor, sheetId: string, mapping: SheetMapping): Promise<Sheet> {
    const settings = await this.settings.of(actor.organizationId);
    const country = mapping.country ?? settings['dialing.default-country'];
    if (!isSupportedCountry(country))
      throw new AppError(
        'validation',
        `${country} is not a country whose numbers are known. Choose another.`,
      );
    const { id } = await this.#own(actor, sheetId);
    for (const earlier of mapping.without ?? []) await this.#own(actor, earlier);
    await this.units.run(actor, async ({ tx, now, job, audit }) => {
      const { organizationId } = actor;
      await tx.$queryRaw`SELECT id FROM sheet WHERE organizationId = ${organizationId} AND id = ${id} FOR UPDATE`;
      const before = await tx.sheetImport.findFirst({ where: { sheetId: id } });
      if (before && before.state !== 'failed') return;
      await tx.sheetImport.deleteMany({ where: { sheetId: id } });
      const state = { state: 'queued', mapping, country, queuedAt: now };
      await tx.sheetImport.create({ data: { organizationId, sheetId: id, ...state } });
      await tx.sheet.updateMany({ where: { id }, data: { status: 'importing' } });
      job('sheet.import', `sheet.import:${uuidv7()}`, { sheetId: id });
      audit({
        action: 'sheet.import-asked',
        subject: { kind: 'sheet', id: sheetId },
        after: { mapping, country },
      });
    });
    return this.show(actor, sheetId);
  }

  async file(actor: Actor, sheetId: string): Promise<ServedFile> {
    const { file, fileName } = await this.#own(actor, sheetId);
    const served = await this.files.serve(file.key, 'application/octet-stream', fileName);
    if (!served) throw notFound('The file of this sheet');
    return served;
  }

  /** The sheet's row, for its own agent. */
  async #own(actor: Actor, sheetId: string): Promise<SheetRow> {
    const row = await forOrganization(this.db, actor.organizationId).sheet.findUnique({
      where: { uuid: uuidBytes(sheetId), uploadedById: actor.userId },
      include: sheetInclude,
    });
    if (!row) throw notFound('This sheet');
    return row;
  }

  async #sniff(path: string) {
    try {
      return await this.reader.read({ kind: 'sniff', path });
    } catch (error) {
      if (error instanceof UnreadableSheetError)
        throw new AppError('sheet-unreadable', error.message, { reason: error.reason });
      throw error;
    }
  }

  async #add(
    unit: Unit,
    sheet: { uuid: Uint8Array<ArrayBuffer>; fileName: string; format: string; object: StoredObject },
    { organizationId, userId }: Actor,
  ): Promise<void> {
    const { uuid, fileName, format, object } = sheet;
    const name = basename(fileName, extname(fileName)).slice(0, 200) || 'Sheet';
    const fileId = await this.files.list(unit, object);
    const campaign = { organizationId, name, status: 'draft', updatedAt: unit.now };
    const { id: campaignId } = await unit.tx.campaign.create({ data: campaign, select: { id: true } });
    const row = { organizationId, uuid, campaignId, fileId, uploadedById: userId, name, fileName, format };
    await unit.tx.sheet.create({ data: { ...row, status: 'uploaded', createdAt: unit.now } });
  }
}
