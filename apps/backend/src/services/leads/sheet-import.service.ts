import type { SheetMapping } from '@outdial/contracts';
import type { CountryCode } from '@outdial/sheets';
import type { FileStorage } from '../../adapters/file-storage';
import { withLocalCopy } from '../../adapters/local-copy';
import { type SheetReader, UnreadableSheetError } from '../../adapters/sheet-reader';
import type { Db } from '../../db/client';
import type { Prisma } from '../../db/generated/client';
import { uuidBytes, uuidText } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import type { SystemActor } from '../../work/actor';
import { outboxRow } from '../../work/draft';
import type { Units } from '../../work/units';
import { countStatement, type ImportKey, rowsOf } from './import-rows';
import { type ImportResult, leaveOutKnown, numbersOf } from './known-leads';

/** Rows of one transaction: small enough not to hold up others, and for a progress that moves. */
const PIECE = 2_000;

const include = { sheet: { include: { file: true } } } satisfies Prisma.SheetImportInclude;
type Import = Prisma.SheetImportGetPayload<{ include: typeof include }>;

/** Turns uploaded sheets into leads, in the worker. */
export class SheetImportService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly storage: FileStorage,
    private readonly reader: SheetReader,
  ) {}

  /**
   * Reads the file and writes its rows in pieces, each with how far it has come: who takes over after a crash goes on
   * there. A file that cannot be read fails the import, in words for the agent.
   */
  async run(actor: SystemActor, sheetId: number): Promise<void> {
    const found = await forOrganization(this.db, actor.organizationId).sheetImport.findFirst({
      where: { sheetId },
      include,
    });
    if (!found || found.state === 'done' || found.state === 'failed') return;
    try {
      await this.#progress(actor, found, { state: 'reading' });
      const result = await this.#extract(found);
      await this.#write(actor, found, result);
    } catch (error) {
      if (!(error instanceof UnreadableSheetError)) throw error;
      await this.#fail(actor, found, error);
    }
  }

  async #extract({ organizationId, sheet, mapping, country }: Import): Promise<ImportResult> {
    const { sheetName, encoding, delimiter, without = [], ...columns } = mapping as SheetMapping;
    const result = await withLocalCopy(this.storage, sheet.file.key, (path) =>
      this.reader.read({
        kind: 'extract',
        path,
        fileName: sheet.fileName,
        options: { sheetName, encoding, delimiter, headerLine: columns.headerLine },
        mapping: { ...columns, country: country as CountryCode },
        country: country as CountryCode,
      }),
    );
    const db = forOrganization(this.db, organizationId);
    return leaveOutKnown(result, await numbersOf(db, without.map(uuidBytes)));
  }

  async #write(actor: SystemActor, found: Import, result: ImportResult): Promise<void> {
    const { sheet } = found;
    const key: ImportKey = {
      organizationId: actor.organizationId,
      id: sheet.id,
      campaignId: sheet.campaignId,
    };
    const counts = { ...result.counts, taken: result.leads.length, known: result.known.length };
    await this.#progress(actor, found, { state: 'writing', ...counts });
    const total = counts.rows;
    for (let from = found.written; from < total; from += PIECE) {
      const { leads, statements } = rowsOf(key, result, from, Math.min(from + PIECE, total));
      const written = Math.min(from + PIECE, total);
      const mark = {
        sql: 'UPDATE sheet_import SET written = ? WHERE organizationId = ? AND sheetId = ? AND written = ?',
        values: [written, key.organizationId, key.id, from],
        mustChange: 1,
      };
      // The mark first: of two workers with the same piece one is refused before it writes anything.
      await this.units.quick(
        actor,
        [mark, ...statements, ...countStatement(key, leads)],
        [this.#news(found)],
      );
    }
    await this.units.run(actor, async ({ tx, now, event, audit }) => {
      await tx.sheetImport.updateMany({ where: { sheetId: sheet.id }, data: { state: 'done', doneAt: now } });
      await tx.sheet.updateMany({ where: { id: sheet.id, status: 'importing' }, data: { status: 'ready' } });
      const subject = { kind: 'sheet', id: uuidText(sheet.uuid) };
      audit({ action: 'sheet.imported', subject, after: counts });
      event('sheet.changed', { userId: sheet.uploadedById }, { sheetId: subject.id });
    });
  }

  async #fail(actor: SystemActor, { sheet }: Import, error: UnreadableSheetError): Promise<void> {
    await this.units.run(actor, async ({ tx, event }) => {
      const failure = { failure: error.message.slice(0, 300), failureReason: error.reason };
      await tx.sheetImport.updateMany({
        where: { sheetId: sheet.id },
        data: { state: 'failed', ...failure },
      });
      await tx.sheet.updateMany({ where: { id: sheet.id }, data: { status: 'uploaded' } });
      event('sheet.changed', { userId: sheet.uploadedById }, { sheetId: uuidText(sheet.uuid) });
    });
  }

  async #progress(actor: SystemActor, { sheet }: Import, data: Prisma.SheetImportUpdateManyMutationInput) {
    await this.units.run(actor, async ({ tx, event }) => {
      await tx.sheetImport.updateMany({ where: { sheetId: sheet.id }, data });
      event('sheet.changed', { userId: sheet.uploadedById }, { sheetId: uuidText(sheet.uuid) });
    });
  }

  #news({ sheet }: Import) {
    return outboxRow('sheet.changed', { userId: sheet.uploadedById }, { sheetId: uuidText(sheet.uuid) });
  }
}
