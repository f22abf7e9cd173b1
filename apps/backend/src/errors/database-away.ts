/** Prisma: not reached, closed, no connection left in time, no transaction begun in time. */
const AWAY_CODES: ReadonlySet<unknown> = new Set(['P1001', 'P1017', 'P2024', 'P2028']);
const AWAY = /pool timeout|ECONNREFUSED|ECONNRESET|EPIPE|socket has unexpectedly been closed/i;

/** Whether an error says that the database cannot be reached, or has no connection left. */
export function isDatabaseAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: unknown; message?: unknown };
  return AWAY_CODES.has(code) || AWAY.test(`${code} ${message}`);
}
