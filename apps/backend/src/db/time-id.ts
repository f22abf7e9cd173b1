import { randomInt } from 'node:crypto';

/** 2020-01-01T00:00:00Z. With 12 bits below the millisecond the ids stay whole in a double until 2089. */
const EPOCH_MS = Date.UTC(2020, 0, 1);
const PER_MS = 4096;

/**
 * An id that lies where its moment lies: rows are kept in the order of time, and a range of time is a range of ids.
 * Two of one millisecond may be alike (1 in 4096): who inserts draws again.
 */
export const timeId = (at: Date): number => firstIdAt(at) + randomInt(PER_MS);

/** The least id of a moment. */
export const firstIdAt = (at: Date): number => (at.getTime() - EPOCH_MS) * PER_MS;

/** The moment of an id, in ms since 1970. */
export const timeOf = (id: number): number => EPOCH_MS + Math.floor(id / PER_MS);
