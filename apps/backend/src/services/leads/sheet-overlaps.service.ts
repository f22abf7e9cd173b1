import type { SheetOverlap } from '@outdial/contracts';
import type { Db } from '../../db/client';
import { uuidText } from '../../db/public-ids';
import { forOrganization } from '../../db/tenant';
import type { Actor } from '../../work/actor';

const MOST_SHEETS = 5;

/** Whether somebody uploads what they have dialed already. */
export class SheetOverlapsService {
  constructor(private readonly db: Db) {}

  /** The actor's sheets that have some of these numbers, the one with most of them first. */
  async of(actor: Actor, numbers: readonly string[]): Promise<{ sheets: SheetOverlap[] }> {
    const db = forOrganization(this.db, actor.organizationId);
    const shared = await db.lead.groupBy({
      by: ['sheetId'],
      where: { phone: { in: [...new Set(numbers)] }, sheet: { uploadedById: actor.userId } },
      _count: { phone: true },
      orderBy: { _count: { phone: 'desc' } },
      take: MOST_SHEETS,
    });
    const rows = await db.sheet.findMany({ where: { id: { in: shared.map(({ sheetId }) => sheetId) } } });
    const sheets = shared.flatMap(({ sheetId, _count }) => {
      const sheet = rows.find(({ id }) => id === sheetId);
      if (!sheet) return [];
      const { uuid, name, createdAt } = sheet;
      return [{ id: uuidText(uuid), name, createdAt: createdAt.toISOString(), shared: _count.phone }];
    });
    return { sheets };
  }
}
