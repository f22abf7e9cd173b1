import type { Permission, Role } from '@outdial/contracts';
import type { Clock } from '../../adapters/clock';
import type { Db } from '../../db/client';

const CACHE_MS = 30_000;

/** What each role may do, read from the database and kept for half a minute. */
export class AccessService {
  #cache: {
    readonly until: number;
    readonly byRole: Promise<ReadonlyMap<string, ReadonlySet<Permission>>>;
  } | null = null;

  constructor(
    private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async permissionsOf(role: Role): Promise<ReadonlySet<Permission>> {
    const now = this.clock.now().getTime();
    if (!this.#cache || this.#cache.until < now)
      this.#cache = { until: now + CACHE_MS, byRole: this.#load() };
    try {
      return (await this.#cache.byRole).get(role) ?? new Set();
    } catch (error) {
      this.#cache = null;
      throw error;
    }
  }

  async #load(): Promise<ReadonlyMap<string, ReadonlySet<Permission>>> {
    const byRole = new Map<string, Set<Permission>>();
    for (const { roleKey, permissionKey } of await this.db.rolePermission.findMany()) {
      const permissions = byRole.get(roleKey) ?? new Set();
      byRole.set(roleKey, permissions.add(permissionKey as Permission));
    }
    return byRole;
  }
}
