import type { CallStatus } from '@outdial/contracts';
import { isPossiblePhoneNumber } from 'libphonenumber-js';
import type { Prisma } from '../../db/generated/client';
import type { Actor } from '../../work/actor';
import { reversed } from './call-rows';

export interface CallFilter {
  from?: string | undefined;
  to?: string | undefined;
  status?: CallStatus[] | undefined;
  agentId?: string | undefined;
  sheetId?: string | undefined;
  leadId?: string | undefined;
  number?: string | undefined;
}

/** An agent's own calls; a manager's whole organization. Nobody without an agent profile has calls of their own. */
export function callScope(actor: Actor): { agentId?: string } {
  return actor.permissions.has('call:read-organization') ? {} : { agentId: actor.agentId ?? '' };
}

/**
 * A whole number is matched exactly; the start of one (with its plus) and the last digits of one are prefixes of
 * an indexed column.
 */
function numberWhere(number: string): Prisma.CallWhereInput {
  const dialed = number.replace(/[^\d+*#]/g, '');
  if (!dialed) return {};
  if (/^[*#]/.test(dialed) || isPossiblePhoneNumber(dialed)) return { destination: dialed };
  if (dialed.startsWith('+')) return { destination: { startsWith: dialed } };
  return { destinationReversed: { startsWith: reversed(dialed) } };
}

/** The history's conditions; each combination is served by one of the indexes of `call`. */
export function callWhere(actor: Actor, filter: CallFilter) {
  const startedAt: { gte?: Date; lt?: Date } = {
    ...(filter.from && { gte: new Date(filter.from) }),
    ...(filter.to && { lt: new Date(filter.to) }),
  };
  return {
    AND: [filter.agentId ? { agentId: filter.agentId } : {}, numberWhere(filter.number ?? '')],
    ...callScope(actor),
    ...(filter.status && { status: { in: filter.status } }),
    ...(filter.sheetId && { sheetId: filter.sheetId }),
    ...(filter.leadId && { leadId: filter.leadId }),
    startedAt,
  } satisfies Prisma.CallWhereInput;
}
