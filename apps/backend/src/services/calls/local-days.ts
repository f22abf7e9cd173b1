import { Temporal } from 'temporal-polyfill';
import { firstIdAt, timeOf } from '../../db/time-id';

/** A range of ids of calls, which is a range of their starts; `before` is outside. */
export interface IdRange {
  readonly from: number;
  readonly before: number;
}

/** A day of a time zone, of 22 to 26 hours, as the ids of the calls that began in it. */
export interface LocalDay extends IdRange {
  /** Midnight UTC of its date, as a DATE column takes it. */
  readonly day: Date;
}

/**
 * The day begins when its date first shows: at the first of two midnights, and after midnight where clocks leap over it
 * (ECMA-402 Temporal, `PlainDate.toZonedDateTime`). SQL cannot tell, for servers come without time zone tables.
 */
const firstIdOf = (date: Temporal.PlainDate, timeZone: string): number =>
  Math.max(0, firstIdAt(new Date(date.toZonedDateTime(timeZone).epochMilliseconds)));

function dayOf(date: Temporal.PlainDate, timeZone: string): LocalDay {
  const day = new Date(`${date}T00:00:00Z`);
  return { day, from: firstIdOf(date, timeZone), before: firstIdOf(date.add({ days: 1 }), timeZone) };
}

const dateOf = (id: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(timeOf(id)).toZonedDateTimeISO(timeZone).toPlainDate();

/** The day a call is of. */
export function localDayOf(id: number, timeZone: string): LocalDay {
  const day = dayOf(dateOf(id, timeZone), timeZone);
  // Clocks set back over midnight show the day before once more; it is over all the same.
  return id < day.before ? day : localDayOf(day.before, timeZone);
}

/** The days that lie in a range as a whole, in their order. */
export function wholeDays({ from, before }: IdRange, timeZone: string): LocalDay[] {
  const days: LocalDay[] = [];
  for (let date = dateOf(from, timeZone); ; date = date.add({ days: 1 })) {
    const day = dayOf(date, timeZone);
    if (day.before > before) return days;
    if (day.from >= from) days.push(day);
  }
}

/** What is left of a range without these parts of it, which are in their order. */
export function rangesBetween({ from, before }: IdRange, parts: readonly IdRange[]): IdRange[] {
  const starts = [from, ...parts.map((part) => part.before)];
  const ends = [...parts.map((part) => part.from), before];
  return starts
    .map((start, index) => ({ from: start, before: ends[index] as number }))
    .filter((range) => range.from < range.before);
}
