import { isPossiblePhoneNumber } from 'libphonenumber-js';
import type { TenantReader } from '../../db/tenant';
import { type Condition, condition, isOneOf } from './call-filter';
import { partOf, wordsOf } from './contacts';

/**
 * Whom a search by number or name means: the contacts, or, where they are too many to go by, the pattern of their
 * numbers and the words of their names.
 */
export type ContactSearch =
  | { readonly kind: 'contacts'; readonly ids: readonly number[] }
  | { readonly kind: 'many'; readonly number: string | null; readonly words: readonly string[] };

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
  const numbered = dialed ? await byNumber(db, organizationId, dialed) : null;
  if (numbered) return { kind: 'contacts', ids: await narrowed(db, organizationId, numbered, words) };
  const named = words.length > 0 ? await byName(db, organizationId, words) : null;
  if (!named) return { kind: 'many', number: pattern, words };
  return { kind: 'contacts', ids: pattern ? await withNumber(db, organizationId, named, pattern) : named };
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

const beginning = (word: string): string => `${escaped(word)}%`;

/** Whether the contact in a column has a word in its names; never read but for this one contact. */
export const hasWord = (organizationId: number, column: string, word: string): Condition =>
  condition(
    `(SELECT 1 FROM contact_word w FORCE INDEX (contact_word_organizationId_contactId_idx)
      WHERE w.organizationId = ? AND w.contactId = ${column} AND w.word LIKE ? LIMIT 1) IS NOT NULL`,
    organizationId,
    beginning(word),
  );

/** The contacts that have all the words, however many they are. */
export function contactsWith(organizationId: number, [first = '', ...others]: readonly string[]): Condition {
  const has = others.map((word) => hasWord(organizationId, 'k.contactId', word));
  return condition(
    `SELECT DISTINCT k.contactId FROM contact_word k
      WHERE k.organizationId = ? AND k.word LIKE ? ${has.map(({ sql }) => `AND ${sql}`).join(' ')}`,
    ...[organizationId, beginning(first), ...has.flatMap(({ values }) => values)],
  );
}

/** By the word that the fewest contacts have. */
async function byName(
  db: TenantReader,
  organizationId: number,
  words: readonly string[],
): Promise<number[] | null> {
  const found = await Promise.all(
    words.map(async (word) => ({
      word,
      rows: await db.$queryRaw<Ids>`SELECT DISTINCT contactId AS id FROM contact_word
      WHERE organizationId = ${organizationId} AND word LIKE ${beginning(word)} LIMIT ${MOST + 1}`,
    })),
  );
  const [fewest, ...others] = found.sort((a, b) => a.rows.length - b.rows.length);
  const ids = fewest ? few(fewest.rows) : [];
  if (ids === null && others.length > 0) return withAll(db, organizationId, words);
  const rest = others.map(({ word }) => word);
  return ids && narrowed(db, organizationId, ids, rest);
}

/**
 * Whom to go by when each word has too many: few may have them all, and to find those among the calls all of these
 * would have to be read (1 to 4 s of half a million; 0.2 s here).
 */
async function withAll(
  db: TenantReader,
  organizationId: number,
  [first = '', ...others]: readonly string[],
): Promise<number[] | null> {
  const has = others.map(
    () => 'AND contactId IN (SELECT contactId FROM contact_word WHERE organizationId = ? AND word LIKE ?)',
  );
  const rows = await db.$queryRawUnsafe<Ids>(
    `SELECT DISTINCT contactId AS id FROM contact_word WHERE organizationId = ? AND word LIKE ? ${has.join(' ')} LIMIT ?`,
    ...[first, ...others].flatMap((word) => [organizationId, beginning(word)]),
    MOST + 1,
  );
  return few(rows);
}

async function withNumber(
  db: TenantReader,
  organizationId: number,
  ids: readonly number[],
  pattern: string,
): Promise<number[]> {
  const { sql, values } = isOneOf('id', ids);
  const rows = await db.$queryRawUnsafe<Ids>(
    `SELECT id FROM contact WHERE organizationId = ? AND ${sql} AND number LIKE ?`,
    ...[organizationId, ...values, pattern],
  );
  return rows.map(({ id }) => Number(id));
}

/** Those of the contacts whose names have all the words. */
async function narrowed(
  db: TenantReader,
  organizationId: number,
  ids: readonly number[],
  words: readonly string[],
): Promise<number[]> {
  let left = [...ids];
  for (const word of words) {
    const { sql, values } = isOneOf('contactId', left);
    const rows = await db.$queryRawUnsafe<Ids>(
      `SELECT DISTINCT contactId AS id FROM contact_word WHERE organizationId = ? AND ${sql} AND word LIKE ?`,
      ...[organizationId, ...values, beginning(word)],
    );
    left = rows.map(({ id }) => Number(id));
  }
  return left;
}
