import { CALL_STATUSES, type CallStatus, type Direction } from '@outdial/contracts';
import { rowId } from '../../db/public-ids';
import { firstIdAt } from '../../db/time-id';
import type { Scope } from '../../work/scope';
import type { IdRange } from './local-days';

export interface CallFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly status?: readonly CallStatus[] | undefined;
  readonly direction?: Direction | undefined;
  readonly recorded?: '0' | '1' | undefined;
  readonly minDurationMs?: number | undefined;
  readonly maxDurationMs?: number | undefined;
  readonly agentId?: string | undefined;
  readonly sheetId?: string | undefined;
  readonly leadId?: string | undefined;
  readonly number?: string | undefined;
  readonly name?: string | undefined;
}

/** A piece of a WHERE clause on `call` and its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

export const condition = (sql: string, ...values: unknown[]): Condition => ({ sql, values });

export const isOneOf = (column: string, values: readonly unknown[]): Condition =>
  values.length === 0
    ? condition('FALSE')
    : condition(`${column} IN (${values.map(() => '?').join(', ')})`, ...values);

/** The scope as a condition; `work/scope.ts` decides what it is. */
export function inScope(scope: Scope): Condition[] {
  switch (scope.kind) {
    case 'organization':
      return [];
    case 'team': {
      const { sql, values } = isOneOf('c.teamId', scope.teamIds);
      return [condition(`(${sql} OR c.agentId = ?)`, ...values, scope.agentId ?? 0)];
    }
    case 'own':
      return [condition('c.agentId = ?', scope.agentId ?? 0)];
  }
}

/**
 * The kinds of call a filter lets through, as the generated column `kind` numbers them: status, direction and recording
 * in one small number, so that one index serves all three in any combination. Null for all kinds.
 */
export function kindsOf({ status, direction, recorded }: CallFilter): number[] | null {
  if (!status && !direction && !recorded) return null;
  const statuses = status ?? CALL_STATUSES;
  const directions = direction ? [direction] : (['outbound', 'inbound'] as const);
  const recordings = recorded ? [Number(recorded)] : [0, 1];
  return statuses.flatMap((word) =>
    directions.flatMap((way) =>
      recordings.map((has) => (CALL_STATUSES.indexOf(word) + 1) * 4 + (way === 'inbound' ? 2 : 0) + has),
    ),
  );
}

/** The longest call there is a class for: two days of seconds have 18 binary digits. */
const CLASSES = 18;

/** The generated column `durationClass`: how many binary digits the seconds have; 1 for none. */
const classOf = (ms: number): number => Math.max(1, Math.floor(ms / 1000).toString(2).length);

/** The duration classes that a range of milliseconds touches; null without a range. */
export function durationOf({ minDurationMs, maxDurationMs }: CallFilter) {
  if (minDurationMs === undefined && maxDurationMs === undefined) return null;
  const [min, max] = [minDurationMs ?? 0, maxDurationMs ?? 2 ** 31];
  const last = Math.min(CLASSES, classOf(max));
  const first = classOf(min);
  const classes = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return { min, max, classes };
}

/** The least id of a moment, within what ids can be. */
const idAt = (moment: string): number =>
  Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, firstIdAt(new Date(moment))));

/** The range of ids that a range of time is. */
export function idsOf({ from, to }: Pick<CallFilter, 'from' | 'to'>): IdRange {
  return {
    from: from ? idAt(from) : 0,
    before: to ? idAt(to) : Number.MAX_SAFE_INTEGER,
  };
}

/** Rows a filter names by id; ids we did not make belong to no row. */
export const agentOf = ({ agentId }: CallFilter): number | null => (agentId ? rowId('agent', agentId) : null);
export const leadOf = ({ leadId }: CallFilter): number | null => (leadId ? rowId('lead', leadId) : null);
