import { EVENTS, type EventName } from '@outdial/contracts';
import type { RelayedFact } from '../adapters/bus';
import type { Actor } from '../work/actor';
import type { Scope } from '../work/scope';

/** Whether somebody may be told a fact, as its declaration says. */
export function maySee({ name, userId, teamId }: RelayedFact, actor: Actor): boolean {
  const declaration = EVENTS[name as EventName];
  if (!declaration) return false;
  if (declaration.audience === 'organization' || userId === actor.userId) return true;
  if (declaration.audience === 'person') return false;
  return takesIn(actor.scope, teamId);
}

/** Whether somebody may know that a person of this team is there, and what they do. */
export function mayKnowOf(person: { userId: string; teamId: number | null }, actor: Actor): boolean {
  if (!actor.permissions.has('user:read')) return false;
  return person.userId === actor.userId || takesIn(actor.scope, person.teamId);
}

function takesIn(scope: Scope, teamId: number | null): boolean {
  if (scope.kind === 'organization') return true;
  return scope.kind === 'team' && teamId !== null && scope.teamIds.includes(teamId);
}

/** Whether two actors of one person are told the same, and the same of. */
export function isSameSight(one: Actor, other: Actor): boolean {
  const sight = ({ scope, agent, permissions }: Actor) =>
    JSON.stringify([scope, agent, [...permissions].sort()]);
  return sight(one) === sight(other);
}
