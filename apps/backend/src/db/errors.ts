import { Prisma } from './generated/client';

const has = (error: unknown, code: string): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === code;

/** A row with this unique key is there already. */
export const isDuplicate = (error: unknown): boolean => has(error, 'P2002');

const isDeadlock = (error: unknown): boolean => has(error, 'P2034');

const TRIES = 4;

/** Runs a transaction again when the database chose it as the victim of a deadlock; MySQL asks for just that. */
export async function retryDeadlocks<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (!isDeadlock(error) || attempt === TRIES) throw error;
    }
  }
}
