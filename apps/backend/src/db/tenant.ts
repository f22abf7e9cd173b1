import type { Db } from './client';
import { Prisma } from './generated/client';

/** Models whose rows belong to one organization, by its id. */
const TENANT_MODELS: ReadonlySet<string> = new Set(
  Object.values(Prisma.ModelName).filter(
    (model) =>
      ![
        'Organization',
        'Role',
        'Permission',
        'RolePermission',
        'Session',
        'Account',
        'Verification',
      ].includes(model),
  ),
);

type Args = { where?: object; data?: unknown; create?: unknown };

function checkRow(organizationId: string, row: unknown): void {
  const owner = (row as { organizationId?: string }).organizationId;
  if (owner !== organizationId) throw new Error('A row was about to be written for another organization.');
}

/**
 * The database as one organization sees it: every read and change of a tenant row is filtered by
 * `organizationId`, and a row written for any other organization is refused before it is sent. Rows reached by
 * `include` are kept apart by the composite foreign keys.
 */
export function forOrganization(db: Db, organizationId: string): TenantDb {
  const known = tenants.get(db) ?? new Map<string, TenantDb>();
  tenants.set(db, known);
  const tenant = known.get(organizationId) ?? extend(db, organizationId);
  known.set(organizationId, tenant);
  return tenant;
}

/** Making one takes longer than most queries. */
const tenants = new WeakMap<Db, Map<string, TenantDb>>();

function extend(db: Db, organizationId: string) {
  return db.$extends({
    name: 'organization',
    query: {
      $allModels: {
        $allOperations({ model, operation, args, query }) {
          if (!TENANT_MODELS.has(model)) return query(args);
          const given = args as Args;
          if (operation === 'create' || operation === 'createMany' || operation === 'upsert') {
            for (const row of [given.create ?? given.data].flat()) checkRow(organizationId, row);
          }
          if (operation === 'create' || operation === 'createMany') return query(args);
          return query({ ...given, where: { ...given.where, organizationId } } as typeof args);
        },
      },
    },
  });
}

export type TenantDb = ReturnType<typeof extend>;
export type TenantTransaction = Parameters<Parameters<TenantDb['$transaction']>[0]>[0];
