import { createHash } from 'node:crypto';
import type { BetterAuthOptions, DBAdapter, DBTransactionAdapter, Where } from 'better-auth';

type MakeAdapter = (options: BetterAuthOptions) => DBAdapter;

/** What is stored of a session's token: it has 190 random bits, so a plain hash cannot be turned back. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('base64url');

const isToken = ({ field }: Where): boolean => field === 'token';

function hidden<Q extends { model: string; where?: Where[] | undefined }>(query: Q): Q {
  if (query.model !== 'session' || !query.where) return query;
  const hide = ({ value }: Where) =>
    Array.isArray(value) ? value.map((each) => tokenHash(String(each))) : tokenHash(String(value));
  return {
    ...query,
    where: query.where.map((each) => (isToken(each) ? { ...each, value: hide(each) } : each)),
  };
}

/** The row with the token that it was asked for by: the library signs it into the cookie. */
function shown<R>(row: R, { model, where }: { model: string; where: Where[] }): R {
  const token = model === 'session' ? where.find(isToken)?.value : undefined;
  return row && typeof token === 'string' ? { ...row, token } : row;
}

function hashing<A extends DBTransactionAdapter>(adapter: A): A {
  return {
    ...adapter,
    create: async (query: Parameters<A['create']>[0]) => {
      const { token } = query.data as { token?: unknown };
      if (query.model !== 'session' || typeof token !== 'string') return adapter.create(query);
      const row = await adapter.create({ ...query, data: { ...query.data, token: tokenHash(token) } });
      return { ...row, token };
    },
    findOne: async (query: Parameters<A['findOne']>[0]) => shown(await adapter.findOne(hidden(query)), query),
    findMany: (query: Parameters<A['findMany']>[0]) => adapter.findMany(hidden(query)),
    count: (query: Parameters<A['count']>[0]) => adapter.count(hidden(query)),
    update: async (query: Parameters<A['update']>[0]) => shown(await adapter.update(hidden(query)), query),
    updateMany: (query: Parameters<A['updateMany']>[0]) => adapter.updateMany(hidden(query)),
    delete: (query: Parameters<A['delete']>[0]) => adapter.delete(hidden(query)),
    deleteMany: (query: Parameters<A['deleteMany']>[0]) => adapter.deleteMany(hidden(query)),
    consumeOne: async (query: Parameters<A['consumeOne']>[0]) =>
      shown(await adapter.consumeOne(hidden(query)), query),
  };
}

/**
 * Has the sign-in library store hashes of its session tokens: who reads the table, or a backup of it, is not signed in
 * by what stands there (OWASP ASVS 5.0 §7.2).
 */
export function hashedTokens(make: MakeAdapter): MakeAdapter {
  return (options) => {
    const adapter = make(options);
    return {
      ...hashing(adapter),
      transaction: (work) => adapter.transaction((transaction) => work(hashing(transaction))),
    };
  };
}
