import type { Permission, Role } from '@outdial/contracts';
import { LRUCache } from 'lru-cache';
import type { Bus } from '../../adapters/bus';
import type { Db } from '../../db/client';
import { forOrganization } from '../../db/tenant';

/** How long another process may go on granting what was revoked here, should it not be told. */
const LIFETIME_MS = 5_000;

type ByRole = ReadonlyMap<string, ReadonlySet<Permission>>;

/** What each role of an organization may do. */
export class AccessService {
  readonly #byOrganization: LRUCache<number, ByRole>;

  constructor(
    private readonly db: Db,
    bus: Bus,
  ) {
    this.#byOrganization = new LRUCache<number, ByRole>({
      max: 1_000,
      ttl: LIFETIME_MS,
      fetchMethod: (organizationId) => this.#load(organizationId),
    });
    bus.on((message) => {
      if (message.kind === 'access-changed') this.#byOrganization.delete(message.organizationId);
    });
  }

  async permissionsOf(organizationId: number, role: Role): Promise<ReadonlySet<Permission>> {
    const byRole = await this.#byOrganization.fetch(organizationId);
    return byRole?.get(role) ?? new Set();
  }

  async #load(organizationId: number): Promise<ByRole> {
    const rows = await forOrganization(this.db, organizationId).rolePermission.findMany();
    const byRole = new Map<string, Set<Permission>>();
    for (const { roleKey, permissionKey } of rows) {
      const permissions = byRole.get(roleKey) ?? new Set();
      byRole.set(roleKey, permissions.add(permissionKey as Permission));
    }
    return byRole;
  }
}
