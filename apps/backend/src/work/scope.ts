import type { Permission } from '@outdial/contracts';

/**
 * Whose calls, agents and figures somebody may see. Decided here alone: lists, single rows, recordings and live events
 * all ask the same scope.
 *
 * | holds                      | looks after teams | scope        |
 * |----------------------------|-------------------|--------------|
 * | `call:read-organization`   | any               | organization |
 * | `call:read-team`           | yes               | team         |
 * | `call:read-team`           | no                | own          |
 * | neither                    | any               | own          |
 */
export type Scope =
  | { readonly kind: 'organization' }
  | { readonly kind: 'team'; readonly teamIds: readonly number[]; readonly agentId: number | null }
  | { readonly kind: 'own'; readonly agentId: number | null };

export function scopeOf(
  permissions: ReadonlySet<Permission>,
  teamIds: readonly number[],
  agentId: number | null,
): Scope {
  if (permissions.has('call:read-organization')) return { kind: 'organization' };
  if (permissions.has('call:read-team') && teamIds.length > 0) return { kind: 'team', teamIds, agentId };
  return { kind: 'own', agentId };
}

/** Nobody's: no row has it. */
const NOBODY = 0;

/** The scope as a condition on rows that carry an agent and a team. */
export function scopeWhere(scope: Scope) {
  switch (scope.kind) {
    case 'organization':
      return {};
    case 'team':
      return { OR: [{ teamId: { in: [...scope.teamIds] } }, { agentId: scope.agentId ?? NOBODY }] };
    case 'own':
      return { agentId: scope.agentId ?? NOBODY };
  }
}
