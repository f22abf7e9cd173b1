import { SETTING_KEYS, SETTINGS, type SettingKey, type Settings } from '@outdial/contracts';
import { LRUCache } from 'lru-cache';
import type { Bus } from '../../adapters/bus';
import type { Db } from '../../db/client';
import { forOrganization } from '../../db/tenant';
import type { Actor } from '../../work/actor';
import type { Unit, Units } from '../../work/units';

/** How long another process may go on with the old value, should it not be told. */
const LIFETIME_MS = 5_000;

/** Settings as somebody changes them: those left out stay. */
export type SettingsChange = { readonly [K in SettingKey]?: Settings[K] | undefined };

/** What is to be done, in the same unit, when somebody changes a setting. */
export type SettingFollowers = { readonly [K in SettingKey]?: (unit: Unit) => void };

/** What organizations have set; the registry in the contracts knows bounds, defaults and words. */
export class SettingsService {
  readonly #known: LRUCache<number, Settings>;

  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly bus: Bus,
    private readonly followers: SettingFollowers,
  ) {
    this.#known = new LRUCache<number, Settings>({
      max: 1_000,
      ttl: LIFETIME_MS,
      fetchMethod: (organizationId) => this.stored(organizationId),
    });
    bus.on((message) => {
      if (message.kind === 'settings-changed') this.#known.delete(message.organizationId);
    });
  }

  async of(organizationId: number): Promise<Settings> {
    return (await this.#known.fetch(organizationId)) ?? this.stored(organizationId);
  }

  async update(actor: Actor, change: SettingsChange): Promise<Settings> {
    const { organizationId } = actor;
    const keys = SETTING_KEYS.filter((key) => change[key] !== undefined);
    const before = await this.stored(organizationId);
    const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(change[key]));
    if (changed.length === 0) return before;
    await this.units.run(actor, async (unit) => {
      for (const key of changed)
        await unit.tx.$executeRaw`INSERT INTO setting (organizationId, \`key\`, value, updatedById, updatedAt)
          VALUES (${organizationId}, ${key}, ${JSON.stringify(change[key])}, ${actor.userId}, ${unit.now})
          ON DUPLICATE KEY UPDATE value = VALUES(value), updatedById = VALUES(updatedById), updatedAt = VALUES(updatedAt)`;
      const pick = (from: SettingsChange) => Object.fromEntries(changed.map((key) => [key, from[key]]));
      const subject = { kind: 'organization', id: String(organizationId) };
      unit.audit({ action: 'settings.changed', subject, before: pick(before), after: pick(change) });
      unit.event('settings.changed', {}, { keys: changed });
      for (const key of changed) this.followers[key]?.(unit);
      unit.afterCommit(() => this.bus.publish({ kind: 'settings-changed', organizationId }));
    });
    return this.of(organizationId);
  }

  /** As they are this moment. A stored value that the registry no longer takes counts as never set. */
  async stored(organizationId: number): Promise<Settings> {
    const rows = await forOrganization(this.db, organizationId).setting.findMany();
    const stored = new Map(rows.map(({ key, value }) => [key, value]));
    const entries = SETTING_KEYS.map((key) => {
      const parsed = SETTINGS[key].schema.safeParse(stored.get(key));
      return [key, parsed.success ? parsed.data : SETTINGS[key].default];
    });
    return Object.fromEntries(entries) as Settings;
  }
}
