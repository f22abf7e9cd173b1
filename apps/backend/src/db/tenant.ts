import type { Db } from './client';
import { Prisma } from './generated/client';

const READS = [
  'findFirst',
  'findFirstOrThrow',
  'findMany',
  'findUnique',
  'findUniqueOrThrow',
  'count',
  'aggregate',
  'groupBy',
] as const;
type Read = (typeof READS)[number];

const CHANGES = ['create', 'createMany', 'updateMany', 'deleteMany'] as const;
type Change = (typeof CHANGES)[number];

const isOneOf = <T extends string>(words: readonly T[], word: string): word is T =>
  (words as readonly string[]).includes(word);

/** Names of a model's own columns; whatever else stands in a row is a relation, and a nested write. */
function columnsOf(model: Prisma.ModelName): ReadonlySet<string> {
  return new Set(Object.keys(Prisma[`${model}ScalarFieldEnum`]));
}

const COLUMNS = new Map(Object.values(Prisma.ModelName).map((model) => [model, columnsOf(model)]));

const isTenant = (model: Prisma.ModelName): boolean => COLUMNS.get(model)?.has('organizationId') ?? false;

function checkRow(model: Prisma.ModelName, organizationId: number, row: object, isNew: boolean): void {
  const owner = (row as { organizationId?: unknown }).organizationId;
  if (isNew ? owner !== organizationId : owner !== undefined)
    throw new Error(`A row of ${model} was about to be written for another organization.`);
  const nested = Object.keys(row).find((key) => !COLUMNS.get(model)?.has(key));
  if (nested) throw new Error(`${model}.${nested} is a nested write; write the other row by itself.`);
}

interface Args {
  where?: object;
  data?: object | object[];
}

function guard(model: Prisma.ModelName, operation: string, args: Args, organizationId: number): Args {
  const rows = args.data === undefined ? [] : [args.data].flat();
  const isNew = operation === 'create' || operation === 'createMany';
  for (const row of rows) checkRow(model, organizationId, row, isNew);
  return isNew ? args : { ...args, where: { AND: [args.where ?? {}], organizationId } };
}

function extend(db: Db, organizationId: number, mayChange: boolean) {
  return db.$extends({
    name: 'organization',
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          if (!isTenant(model)) throw new Error(`${model} belongs to no organization.`);
          if (!isOneOf(READS, operation) && !(mayChange && isOneOf(CHANGES, operation)))
            throw new Error(`${model}.${operation} is not for ${mayChange ? 'a unit of work' : 'reading'}.`);
          const isUnique = operation === 'findUnique' || operation === 'findUniqueOrThrow';
          if (isUnique) {
            const given = args as { where: object };
            return query({ ...given, where: { ...given.where, organizationId } } as typeof args);
          }
          return query(guard(model, operation, args as Args, organizationId) as typeof args);
        },
      },
    },
  });
}

type Extended = ReturnType<typeof extend>;
type TenantModel = Exclude<
  Uncapitalize<Prisma.ModelName>,
  'organization' | 'role' | 'permission' | 'session' | 'account' | 'verification' | 'auditUnsealed'
>;
type Models<Operation extends string> = {
  readonly [M in TenantModel]: Pick<Extended[M], Extract<keyof Extended[M], Operation>>;
};

/** The rows of one organization, to be read. Changes go through a unit of work (work/units.ts). */
export type TenantReader = Models<Read> & Pick<Extended, '$queryRaw' | '$queryRawUnsafe'>;

/** The same inside a unit of work. Only whole-row changes: each is filtered by, or checked for, the organization. */
export type TenantTransaction = Models<Read | Change> &
  Pick<Extended, '$queryRaw' | '$executeRaw' | '$executeRawUnsafe'>;

/** Making an extended client takes longer than most queries. */
class Known {
  readonly #clients = new WeakMap<Db, Map<number, Extended>>();

  constructor(private readonly mayChange: boolean) {}

  of(db: Db, organizationId: number): Extended {
    const clients = this.#clients.get(db) ?? new Map<number, Extended>();
    this.#clients.set(db, clients);
    const client = clients.get(organizationId) ?? extend(db, organizationId, this.mayChange);
    clients.set(organizationId, client);
    return client;
  }
}

const readers = new Known(false);
const writers = new Known(true);

/**
 * The database as one organization sees it: every read of a tenant row is filtered by `organizationId`. Rows reached
 * by `include` are kept apart by the composite foreign keys; raw SQL names the organization itself.
 */
export const forOrganization = (db: Db, organizationId: number): TenantReader =>
  readers.of(db, organizationId);

/**
 * Reads several times as of one moment: nothing that is committed meanwhile is seen in one query and not in another.
 * Short, please: the database keeps what has been changed since.
 */
export function tenantSnapshot<T>(
  db: Db,
  organizationId: number,
  read: (db: TenantReader) => Promise<T>,
): Promise<T> {
  return readers.of(db, organizationId).$transaction((tx) => read(tx as unknown as TenantReader), {
    isolationLevel: 'RepeatableRead',
    maxWait: 5_000,
    timeout: 15_000,
  });
}

/** Runs a transaction on the organization's rows; for `Units` alone. */
export function tenantTransaction<T>(
  db: Db,
  organizationId: number,
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return writers
    .of(db, organizationId)
    .$transaction((tx) => work(tx as unknown as TenantTransaction), { maxWait: 5_000, timeout: 15_000 });
}
