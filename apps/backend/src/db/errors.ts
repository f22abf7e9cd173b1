import { Prisma } from './generated/client';

/** What the database itself said, however Prisma wraps it. */
function originalCode(error: unknown): number | null {
  const { meta, errno } = error as {
    errno?: number;
    meta?: { driverAdapterError?: { cause?: { originalCode?: string | number } } };
  };
  const code = meta?.driverAdapterError?.cause?.originalCode ?? errno;
  return code === undefined ? null : Number(code);
}

const hasPrismaCode = (error: unknown, code: string): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === code;

/** A row with this unique key is there already (ER_DUP_ENTRY). */
export const isDuplicate = (error: unknown): boolean =>
  hasPrismaCode(error, 'P2002') || originalCode(error) === 1062;

/** The database chose the transaction as the victim of a deadlock, or let it wait for a lock too long. */
export const isDeadlock = (error: unknown): boolean =>
  hasPrismaCode(error, 'P2034') || [1213, 1205].includes(originalCode(error) ?? 0);
