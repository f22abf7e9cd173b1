import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import {
  type FileStorage,
  type StoredObject,
  storageKey,
} from '../../apps/backend/src/adapters/file-storage';
import type { Db } from '../../apps/backend/src/db/client';
import type { Prisma } from '../../apps/backend/src/db/generated/client';
import { uuidBytes } from '../../apps/backend/src/db/public-ids';
import { partsOf, wordsOf } from '../../apps/backend/src/services/calls/contacts';
import type { DemoAgent } from './people';
import type { Random } from './random';

export type LeadRow = Prisma.LeadCreateManyInput & { id: number; name: string };

const FIRST = [
  'Noah',
  'Emma',
  'Liam',
  'Sofía',
  'Mateo',
  'Aisha',
  'Jürgen',
  'Priya',
  'Yusuf',
  'Chloé',
  'Hana',
  'Diego',
];
const LAST = [
  'Miller',
  'García',
  'Schäfer',
  'Patel',
  'Kim',
  'Rossi',
  'Novak',
  'Haddad',
  'Okoye',
  'Larsen',
  'Silva',
  'Brown',
];
const COMPANIES = [
  'Northwind',
  'Bluebird Books',
  'Harbor Dental',
  'Fernhill Farm',
  'Vista Realty',
  'Copper Kettle',
];
const CITIES = ['Washington', 'Arlington', 'Bethesda', 'Alexandria', 'Silver Spring', 'Rockville'];

const LEADS = 60;
/** Fictitious, and none of the sample sheets': those are a newcomer's first, and not numbers that were dialed before. */
const phoneOf = (index: number) => `+13015550${100 + index}`;

/** The leads of a sheet as the import would have made them; they get their ids from the database. */
export async function makeLeads(
  db: Db,
  random: Random,
  { organizationId }: DemoAgent,
  sheet: { id: number; campaignId: number },
): Promise<LeadRow[]> {
  const { id: sheetId, campaignId } = sheet;
  const rows = Array.from({ length: LEADS }, (_, index) => ({
    organizationId,
    campaignId,
    sheetId,
    line: index + 2,
    rank: index,
    phone: phoneOf(index),
    alternatePhones: [],
    name: `${random.pick(FIRST)} ${random.pick(LAST)}`,
    data: [
      ['Company', random.pick(COMPANIES)],
      ['City', random.pick(CITIES)],
      ['Customer since', String(random.between(2016, 2025))],
    ],
    status: 'done',
  }));
  await db.lead.createMany({ data: rows });
  const made = await db.lead.findMany({ where: { organizationId, sheetId }, orderBy: { rank: 'asc' } });
  return rows.map((row, index) => ({ ...row, id: made[index]?.id ?? 0 }));
}

/** Whoever was called is a contact, found by number and by each name. */
export async function makeContacts(
  db: Db,
  organizationId: number,
  leads: readonly LeadRow[],
): Promise<ReadonlyMap<string, number>> {
  await db.contact.createMany({
    data: leads.map(({ phone, name }) => ({ organizationId, number: phone, name })),
    skipDuplicates: true,
  });
  const contacts = await db.contact.findMany({ where: { organizationId } });
  const byNumber = new Map(contacts.map(({ number, id }) => [number, id]));
  const idOf = (phone: string) => byNumber.get(phone) ?? 0;
  await db.contactWord.createMany({
    data: leads.flatMap(({ phone, name }) =>
      wordsOf(name).map((word) => ({ organizationId, word, contactId: idOf(phone) })),
    ),
    skipDuplicates: true,
  });
  await db.contactPart.createMany({
    data: leads.flatMap(({ phone }) =>
      partsOf(phone).map((part) => ({ organizationId, part, contactId: idOf(phone) })),
    ),
    skipDuplicates: true,
  });
  return byNumber;
}

const HEADER = ['Name', 'Phone', 'Company', 'City', 'Customer since'];

/** The sheet's file, as if the agent had uploaded it. */
export async function storeSheetFile(
  storage: FileStorage,
  key: string,
  leads: readonly LeadRow[],
): Promise<StoredObject> {
  const rows = leads.map((lead) => [
    lead.name,
    lead.phone,
    ...(lead.data as [string, string][]).map(([, value]) => value),
  ]);
  const csv = [HEADER, ...rows].map((row) => row.join(',')).join('\r\n');
  await storage.append(key, 1, Readable.from([csv]));
  return storage.complete(key, 1);
}

/** A sheet that was imported and dialed to its end, with its campaign. */
export async function makeSheet(
  db: Db,
  agent: DemoAgent,
  createdAt: Date,
): Promise<{ id: number; campaignId: number; uuid: string }> {
  const { organizationId } = agent;
  const uuid = uuidv7({ msecs: createdAt.getTime() });
  const key = storageKey('sheets', organizationId, createdAt, `${uuid}.csv`);
  const campaign = await db.campaign.create({
    data: { organizationId, name: 'Autumn renewals', status: 'finished', createdAt },
  });
  const file = await db.storedFile.create({ data: { organizationId, key, sizeBytes: 0, createdAt } });
  const sheet = await db.sheet.create({
    data: {
      organizationId,
      uuid: uuidBytes(uuid),
      campaignId: campaign.id,
      uploadedById: agent.userId,
      fileId: file.id,
      name: 'Autumn renewals',
      fileName: 'autumn-renewals.csv',
      format: 'text',
      status: 'finished',
      createdAt,
    },
  });
  const counts = {
    rows: LEADS + 1,
    taken: LEADS,
    duplicates: 0,
    rejected: 0,
    notData: 1,
    known: 0,
    written: LEADS,
  };
  const mapping = { headerLine: 1, phoneColumn: 1, nameColumns: [0] };
  const times = { queuedAt: createdAt, doneAt: createdAt };
  await db.sheetImport.create({
    data: { organizationId, sheetId: sheet.id, state: 'done', mapping, country: 'US', ...counts, ...times },
  });
  return { id: sheet.id, campaignId: campaign.id, uuid };
}

export async function tally(
  db: Db,
  organizationId: number,
  sheetId: number,
  leads: readonly LeadRow[],
): Promise<void> {
  const counts = new Map<string, number>();
  for (const { lastStatus } of leads) counts.set(lastStatus ?? '', (counts.get(lastStatus ?? '') ?? 0) + 1);
  await db.sheetTally.createMany({
    data: [...counts].map(([lastStatus, count]) => ({
      organizationId,
      sheetId,
      status: 'done',
      lastStatus,
      slot: 0,
      leads: count,
    })),
  });
}
