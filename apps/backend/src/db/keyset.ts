import { z } from 'zod';
import { AppError } from '../errors/app-error';

/** Where a page ended: the values of its last row's sort columns. */
export function encodeCursor(values: readonly (string | number)[]): string {
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
  keyOf: (row: Row) => readonly (string | number)[],
): { rows: readonly Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

/** Cursor of lists sorted by a time and an id. */
export const timeIdCursor = z.tuple([z.iso.datetime(), z.string().max(64)]);
