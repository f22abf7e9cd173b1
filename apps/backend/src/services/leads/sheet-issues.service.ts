import type { SheetIssueKind } from '@outdial/contracts';
import { toCsv } from '@outdial/sheets';
import type { Db } from '../../db/client';
import { decodeCursor, numberCursor, pageFrom } from '../../db/keyset';
import { uuidBytes } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import { notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';

interface IssueFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly kind?: SheetIssueKind | undefined;
}

/** Columns are stored as pairs, which keep their order. */
const pairsOf = (values: unknown) => values as [column: string, value: string][];

/** Rows of a sheet that did not become leads, each with its reason. */
export class SheetIssuesService {
  constructor(private readonly db: Db) {}

  async list(actor: Actor, sheetId: string, { cursor, limit, kind }: IssueFilter) {
    const id = await this.#own(actor, sheetId);
    const [after] = cursor ? decodeCursor(cursor, numberCursor) : [0];
    const rows = await forOrganization(this.db, actor.organizationId).sheetIssue.findMany({
      where: { sheetId: id, line: { gt: after }, ...(kind && { kind }) },
      orderBy: { line: 'asc' },
      take: limit + 1,
    });
    const page = pageFrom(rows, limit, (row) => [row.line]);
    const items = page.rows.map(({ line, kind, reason, message, values }) => ({
      line,
      kind: kind as SheetIssueKind,
      reason,
      message,
      values: Object.fromEntries(pairsOf(values)),
    }));
    return { items, nextCursor: page.nextCursor };
  }

  /** The same as CSV that a spreadsheet cannot be tricked by. */
  async csv(actor: Actor, sheetId: string): Promise<string> {
    const id = await this.#own(actor, sheetId);
    const rows = await forOrganization(this.db, actor.organizationId).sheetIssue.findMany({
      where: { sheetId: id },
      orderBy: { line: 'asc' },
    });
    const columns = [...new Set(rows.flatMap((row) => pairsOf(row.values).map(([column]) => column)))];
    return toCsv([
      ['Line', 'Why', ...columns],
      ...rows.map((row) => {
        const values = new Map(pairsOf(row.values));
        return [String(row.line), row.message, ...columns.map((column) => values.get(column) ?? '')];
      }),
    ]);
  }

  async #own(actor: Actor, sheetId: string): Promise<number> {
    const sheet = await forOrganization(this.db, actor.organizationId).sheet.findUnique({
      where: { uuid: uuidBytes(sheetId), uploadedById: actor.userId },
      select: { id: true },
    });
    if (!sheet) throw notFound('This sheet');
    return sheet.id;
  }
}
