import { CALL_STATUSES, type CallStatus } from '@outdial/contracts/core/call-status';
import { dayStart, fromDay } from './day-range';

/** What the history is narrowed to; kept in the URL, so that a view can be shared and Back goes back. */
export interface CallFilters {
  /** First and last day in the viewer's zone, as `2026-05-10`; both included. */
  readonly from?: string;
  readonly to?: string;
  readonly status?: readonly CallStatus[];
  readonly agent?: string;
  /** Of `name` and `number` at most one is searched for. */
  readonly name?: string;
  readonly number?: string;
}

/** As long as the API takes them. */
const MAX_NAME = 100;
const MAX_NUMBER = 32;

const isStatus = (word: string): word is CallStatus => (CALL_STATUSES as readonly string[]).includes(word);

/** What somebody searches for: a name when there is a letter in it, else a number. */
export function searchOf(text: string): Pick<CallFilters, 'name' | 'number'> {
  const words = text.trim();
  if (/\p{L}/u.test(words)) return { name: words.slice(0, MAX_NAME) };
  const number = words.replace(/[^\d+*#\s().-]/g, '').slice(0, MAX_NUMBER);
  return number ? { number } : {};
}

/** Reads filters from a URL; what makes no sense is left out. */
export function readFilters(search: URLSearchParams): CallFilters {
  const from = search.get('from');
  const to = search.get('to');
  const status = search.get('status')?.split(',').filter(isStatus);
  const agent = search.get('agent');
  // An address may be written by hand: what it is counts, not what it is called.
  const searched = searchOf(search.get('name') ?? search.get('number') ?? '');
  return {
    ...(from && fromDay(from) && { from }),
    ...(to && fromDay(to) && { to }),
    ...(status?.length && { status }),
    ...(agent && { agent }),
    ...searched,
  };
}

/** The same URL with other filters; what else is in it stays. */
export function writeFilters(search: URLSearchParams, filters: CallFilters): URLSearchParams {
  const next = new URLSearchParams(search);
  const values: Record<keyof CallFilters, string | undefined> = {
    from: filters.from,
    to: filters.to,
    status: filters.status?.join(','),
    agent: filters.agent,
    name: filters.name,
    number: filters.number,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

/** What the API is asked: days become instants, the last day whole. */
export function toQuery({ from, to, status, agent, name, number }: CallFilters) {
  const first = from ? fromDay(from) : null;
  const last = to ? fromDay(to) : null;
  return {
    ...(first && { from: first.toISOString() }),
    ...(last && { to: dayStart(last, 1).toISOString() }),
    ...(status?.length && { status: status.join(',') }),
    ...(agent && { agentId: agent }),
    ...(name && { name }),
    ...(number && { number }),
  };
}
