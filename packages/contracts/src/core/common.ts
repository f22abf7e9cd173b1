import { z } from 'zod';

/** Opaque id in a URL or a body: nothing may be read from its form. */
export const idSchema = z.string().min(1).max(64);

/** A UUID made by the browser: the idempotency key of what it names (RFC 9562). */
export const browserIdSchema = z.uuid().toLowerCase();

/** An instant, ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.iso
  .datetime({ offset: true })
  .refine((text) => isInReach(Date.parse(text)), 'This moment is out of range.');

/** The moments that a database column holds, and that no clock shows by mistake. */
const isInReach = (ms: number): boolean => ms >= Date.UTC(1970, 0, 1) && ms < Date.UTC(2100, 0, 1);

/** A duration in whole milliseconds, a day at most. */
export const durationMsSchema = z.int().min(0).max(86_400_000);

/** A telephone number in E.164 form (ITU-T E.164), or a feature code such as `*43`. */
export const dialableSchema = z
  .string()
  .regex(/^(\+[1-9]\d{5,14}|[*#]\d{1,8}#?)$/, 'Give the number in international form, like +12025550123.');

export const pageQuerySchema = z.object({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** A keyset page: `nextCursor` is null on the last one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export const okSchema = z.object({ success: z.literal(true) });
