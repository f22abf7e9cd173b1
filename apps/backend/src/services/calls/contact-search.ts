import { isPossiblePhoneNumber } from 'libphonenumber-js';
import type { TenantReader } from '../../db/tenant';
import { partOf, wordsOf } from './contacts';

/**
 * Whom a search by number or name means: the contacts, or, where they are too many to go by, the patterns that a call's
 * contact must match.
 */
export type ContactSearch =
  | { readonly kind: 'contacts'; readonly ids: readonly number[] }
  | { readonly kind: 'patterns'; readonly number: string | null; readonly names: readonly string[] };

/** More contacts than this are slower to go by than the calls themselves, newest first. */
const MOST = 2_000;

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** @returns null where neither is asked for */
export async function searchContacts(
  db: TenantReader,
  organizationId: number,
  { number = '', name = '' }: { number?: string | undefined; name?: string | undefined },
): Promise<ContactSearch | null> {
  const dialed = number.replace(/[^\d+*#]/g, '');
  const words = wordsOf(name);
  if (!dialed && words.length === 0) return null;
  const pattern = patternOf(dialed);
  const names = words.map((word) => `%${escaped(word)}%`);
  const found = dialed ? await byNumber(db, organizationId, dialed) : await byName(db, organizationId, words);
  if (!found) return { kind: 'patterns', number: pattern, names };
  const ids = names.length > 0 ? await narrowed(db, organizationId, found, names) : found;
  return { kind: 'contacts', ids };
}

/** A whole number is meant as it stands, one with a plus from its start, other digits anywhere. */
function patternOf(dialed: string): string | null {
  if (!dialed) return null;
  if (/^[*#]/.test(dialed)) return escaped(dialed);
  return dialed.startsWith('+') ? `${escaped(dialed)}%` : `%${digitsOf(dialed)}%`;
}

/** National numbers are written with a zero in front that international ones do not have. */
const digitsOf = (dialed: string): string => dialed.replace(/\D/g, '').replace(/^0+/, '');

/** The driver gives unsigned numbers of raw SQL as bigint. */
type Ids = { id: number | bigint }[];

/** @returns null when there are too many */
const few = (rows: Ids): number[] | null => (rows.length > MOST ? null : rows.map(({ id }) => Number(id)));

async function byNumber(db: TenantReader, organizationId: number, dialed: string): Promise<number[] | null> {
  const limit = MOST + 1;
  if (/^[*#]/.test(dialed) || isPossiblePhoneNumber(dialed))
    return few(await db.contact.findMany({ where: { number: dialed }, select: { id: true } }));
  const pattern = patternOf(dialed);
  if (dialed.startsWith('+'))
    return few(
      await db.$queryRaw<Ids>`SELECT id FROM contact
      WHERE organizationId = ${organizationId} AND number LIKE ${pattern} LIMIT ${limit}`,
    );
  const digits = digitsOf(dialed);
  if (!digits) return [];
  const from = partOf(digits);
  const to = from + 10 ** Math.max(0, 8 - digits.length) - 1;
  return few(
    await db.$queryRaw<Ids>`SELECT DISTINCT k.id FROM contact_part p
    JOIN contact k ON k.organizationId = p.organizationId AND k.id = p.contactId
    WHERE p.organizationId = ${organizationId} AND p.part BETWEEN ${from} AND ${to} AND k.number LIKE ${pattern}
    LIMIT ${limit}`,
  );
}

/** By the word that the fewest contacts have. */
async function byName(
  db: TenantReader,
  organizationId: number,
  words: readonly string[],
): Promise<number[] | null> {
  const found = await Promise.all(
    words.map(
      (word) => db.$queryRaw<Ids>`SELECT DISTINCT contactId AS id FROM contact_word
      WHERE organizationId = ${organizationId} AND word LIKE ${`${escaped(word)}%`} LIMIT ${MOST + 1}`,
    ),
  );
  const [fewest] = found.sort((a, b) => a.length - b.length);
  return fewest ? few(fewest) : [];
}

/** Those of the contacts whose names have all the words. */
async function narrowed(
  db: TenantReader,
  organizationId: number,
  ids: readonly number[],
  names: readonly string[],
): Promise<number[]> {
  if (ids.length === 0 || names.length < 1) return [...ids];
  const rows = await db.contactWord.findMany({
    where: { organizationId, contactId: { in: [...ids] } },
    select: { contactId: true, word: true },
  });
  const words = new Map<number, string[]>();
  for (const { contactId, word } of rows) words.set(contactId, [...(words.get(contactId) ?? []), word]);
  const wanted = names.map((name) => name.slice(1, -1).replace(/\\/g, ''));
  return ids.filter((id) => wanted.every((part) => words.get(id)?.some((word) => word.startsWith(part))));
}
