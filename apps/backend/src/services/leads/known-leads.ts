import type { LeadResult, SheetLead } from '@outdial/sheets';
import type { TenantReader } from '../../db/tenant';

/** A lead that an earlier sheet has, and which. */
export interface KnownLead {
  readonly lead: SheetLead;
  readonly sheet: string;
}

/** A sheet's rows with those taken out that earlier sheets have; they add up as before, with `known` among them. */
export interface ImportResult extends LeadResult {
  readonly known: readonly KnownLead[];
}

/** Numbers of earlier sheets, each with the sheet's name. */
export async function numbersOf(
  db: TenantReader,
  sheets: readonly Uint8Array<ArrayBuffer>[],
): Promise<Map<string, string>> {
  if (sheets.length === 0) return new Map();
  const leads = await db.lead.findMany({
    where: { sheet: { uuid: { in: [...sheets] } } },
    select: { phone: true, sheet: { select: { name: true } } },
  });
  return new Map(leads.map(({ phone, sheet }) => [phone, sheet.name]));
}

export function leaveOutKnown(result: LeadResult, numbers: ReadonlyMap<string, string>): ImportResult {
  const known: KnownLead[] = [];
  const leads = result.leads.filter((lead) => {
    const sheet = numbers.get(lead.phone);
    if (sheet !== undefined) known.push({ lead, sheet });
    return sheet === undefined;
  });
  return { ...result, leads, known };
}
