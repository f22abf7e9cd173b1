import { v7 as uuidv7 } from 'uuid';
import type { Db } from '../../db/client';
import { forOrganization } from '../../db/tenant';
import type { SystemActor } from '../../work/actor';
import type { Unit, Units } from '../../work/units';
import type { SettingsService } from '../platform/settings.service';
import { countDay } from './call-day-counts';
import { type LocalDay, localDayOf } from './local-days';

/** Notes of one look. */
const BATCH = 5_000;

interface Note {
  readonly id: bigint;
  readonly callId: bigint;
}

/**
 * Keeps the counts of days (docs/adr/0014). Every day is one transaction that counts it from its calls and takes back
 * the notes it was counted for: one that breaks off, or is done twice, changes nothing. An organization's calendar is
 * held meanwhile, so that its days are counted one at a time and in one zone.
 */
export class CallDaysService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly settings: SettingsService,
  ) {}

  /**
   * Counts the days anew whose calls have changed, in all organizations. One that cannot be counted keeps no other
   * from it.
   * @returns how many changes were counted
   */
  async countChanged(): Promise<number> {
    const changed = await this.db.callChange.groupBy({ by: ['organizationId'] });
    const faults: unknown[] = [];
    let total = 0;
    for (const { organizationId } of changed) {
      const actor = { kind: 'system', name: 'call-days', organizationId } as const;
      await this.#countChangedOf(actor).then(
        (changes) => {
          total += changes;
        },
        (error: unknown) => faults.push(error),
      );
    }
    if (faults.length > 0) throw new AggregateError(faults, 'Some days of calls could not be counted.');
    return total;
  }

  /**
   * Counts all days by the organization's time zone, the newest first. After one that broke off it goes on with the
   * days that are missing.
   */
  async countAll(actor: SystemActor): Promise<void> {
    const { organizationId } = actor;
    const calls = forOrganization(this.db, organizationId).call;
    await this.units.run(actor, (unit) => this.#adoptTimeZone(unit));
    for (let before = Number.MAX_SAFE_INTEGER; ; ) {
      const where = { id: { lt: before } };
      const last = await calls.findFirst({ where, orderBy: { id: 'desc' }, select: { id: true } });
      if (!last) break;
      before = (await this.units.run(actor, (unit) => this.#countUnlessKnown(unit, Number(last.id)))).from;
    }
    await this.units.run(actor, (unit) => this.#forgetLost(unit));
  }

  async #countChangedOf(actor: SystemActor): Promise<number> {
    const { callChange } = forOrganization(this.db, actor.organizationId);
    for (let total = 0; ; ) {
      const notes = await callChange.findMany({ orderBy: { id: 'asc' }, take: BATCH });
      for (let left: readonly Note[] = notes; left.length > 0; ) left = await this.#countFirst(actor, left);
      total += notes.length;
      if (notes.length < BATCH) return total;
    }
  }

  /**
   * Counts the day of the first note. Notes go by their id: another may have been committed since they were read, and
   * its call may not be counted.
   * @returns the notes of other days
   */
  #countFirst(actor: SystemActor, notes: readonly Note[]): Promise<readonly Note[]> {
    return this.units.run(actor, async (unit) => {
      const day = localDayOf(Number(notes[0]?.callId), await this.#heldTimeZone(unit));
      const isOfDay = ({ callId }: Note) => callId >= day.from && callId < day.before;
      await countDay(unit, day);
      const done = notes.filter(isOfDay).map(({ id }) => id);
      await unit.tx.callChange.deleteMany({ where: { id: { in: done } } });
      return notes.filter((note) => !isOfDay(note));
    });
  }

  async #countUnlessKnown(unit: Unit, callId: number): Promise<LocalDay> {
    const day = localDayOf(callId, await this.#heldTimeZone(unit));
    const where = { day: day.day, firstId: day.from, endId: day.before };
    if (!(await unit.tx.callDay.findFirst({ where }))) await countDay(unit, day);
    return day;
  }

  /** Holds the calendar for the rest of the unit. @returns its zone; the organization's if it had none */
  async #heldTimeZone({ tx, actor }: Unit): Promise<string> {
    const { organizationId } = actor;
    const held = () => tx.$queryRaw<{ timeZone: string }[]>`SELECT timeZone FROM call_calendar
      WHERE organizationId = ${organizationId} FOR UPDATE`;
    const [known] = await held();
    if (known) return known.timeZone;
    const timeZone = await this.#timeZoneOf(organizationId);
    await tx.$executeRaw`INSERT INTO call_calendar (organizationId, timeZone) VALUES (${organizationId}, ${timeZone})
      ON DUPLICATE KEY UPDATE organizationId = VALUES(organizationId)`;
    const [made] = await held();
    return made?.timeZone ?? timeZone;
  }

  /** Days of another zone are none any more; until they are counted anew, calls are counted as they are asked for. */
  async #adoptTimeZone(unit: Unit): Promise<void> {
    const { organizationId } = unit.actor;
    const before = await this.#heldTimeZone(unit);
    const timeZone = await this.#timeZoneOf(organizationId);
    if (timeZone === before) return;
    await unit.tx.callCalendar.updateMany({ where: {}, data: { timeZone } });
    await unit.tx.callDay.deleteMany({});
  }

  /** Removes the counts of days that were dropped and have no calls any more. */
  async #forgetLost(unit: Unit): Promise<void> {
    const { organizationId } = unit.actor;
    // Or a day that is counted this moment would be taken for one of them.
    await this.#heldTimeZone(unit);
    await unit.tx.$executeRaw`DELETE c FROM call_day_count c
      LEFT JOIN call_day d ON d.organizationId = c.organizationId AND d.day = c.day
      WHERE c.organizationId = ${organizationId} AND d.day IS NULL`;
  }

  async #timeZoneOf(organizationId: number): Promise<string> {
    return (await this.settings.stored(organizationId))['organization.time-zone'];
  }
}

/** Asks the worker for `countAll`. */
export const countDaysAnew = (unit: Unit): void =>
  unit.job('calls.count-days', `calls.count-days:${uuidv7()}`, {});
