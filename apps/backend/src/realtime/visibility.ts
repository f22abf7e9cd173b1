import { EVENTS, type EventName } from '@outdial/contracts';
import type { RelayedFact } from '../adapters/bus';
import type { Actor } from '../work/actor';

/** Whether somebody may be told a fact, as its declaration says. */
export function maySee({ name, userId, teamId }: RelayedFact, actor: Actor): boolean {
  const declaration = EVENTS[name as EventName];
  if (!declaration) return false;
  if (declaration.audience === 'organization' || userId === actor.userId) return true;
  if (declaration.audience === 'person') return false;
  const { scope } = actor;
  if (scope.kind === 'organization') return true;
  return scope.kind === 'team' && teamId !== null && scope.teamIds.includes(teamId);
}
