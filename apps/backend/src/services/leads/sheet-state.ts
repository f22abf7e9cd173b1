import type { TenantTransaction } from '../../db/tenant';

/**
 * Marks a sheet and its campaign finished when no lead is waiting or being called. The campaign is locked first: of two
 * calls that end at the same time, the second sees what the first has written.
 */
export async function finishWhenEmpty(
  tx: TenantTransaction,
  organizationId: number,
  sheetId: number,
  campaignId: number,
): Promise<void> {
  await tx.$queryRaw`SELECT id FROM campaign WHERE organizationId = ${organizationId} AND id = ${campaignId} FOR UPDATE`;
  const open = await tx.lead.findFirst({
    where: { sheetId, status: { in: ['new', 'in-progress'] } },
    select: { id: true },
  });
  if (open) return;
  await tx.sheet.updateMany({ where: { id: sheetId }, data: { status: 'finished', dialerSeenAt: null } });
  await tx.campaign.updateMany({ where: { id: campaignId }, data: { status: 'finished' } });
}
