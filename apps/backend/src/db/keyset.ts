import { z } from 'zod';
import { AppError } from '../errors/app-error';

type Value = string | number;

/** Where a page ended: the values of its last row's sort columns. */
function encodeCursor(values: readonly Value[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws AppError `validation` for a cursor we did not make */
export function decodeCursor<T extends z.ZodType>(cursor: string, schema: T): z.output<T> {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new AppError('validation', 'This page address is not valid. Start from the first page.');
  }
}

/** Splits `limit + 1` fetched rows into a page and its cursor. */
export function pageFrom<Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly Value[],
): { rows: readonly Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

/** Cursor of lists sorted by a number alone. */
export const numberCursor = z.tuple([z.int().min(0)]);

/**
 * The rows beyond a place in a list sorted by these columns: `a > x OR (a = x AND b > y)`, in the form that MariaDB
 * reads as one range of the index (`a >= x` in front). No condition on the first page.
 */
export function after(
  columns: readonly string[],
  place: readonly Value[] | null,
  order: 'asc' | 'desc',
): object {
  if (!place) return {};
  const beyond = order === 'asc' ? 'gt' : 'lt';
  const steps = columns.map((column, index) => ({
    ...Object.fromEntries(columns.slice(0, index).map((earlier, at) => [earlier, place[at]])),
    [column]: { [beyond]: place[index] },
  }));
  if (columns.length === 1) return steps[0] as object;
  return { AND: [{ [columns[0] as string]: { [`${beyond}e`]: place[0] } }, { OR: steps }] };
}
