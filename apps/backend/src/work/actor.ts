import type { Permission, Role } from '@outdial/contracts';
import { AppError } from '../errors/app-error';
import type { Scope } from './scope';

/** Who asks: the signed-in user of a request. */
export interface Actor {
  readonly kind: 'user';
  readonly userId: string;
  readonly sessionId: string;
  readonly organizationId: number;
  readonly name: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  /** Null for people without a phone. */
  readonly agent: {
    readonly id: number;
    readonly teamId: number | null;
    readonly sipUsername: string;
  } | null;
  /** Whose calls and agents the actor may see. */
  readonly scope: Scope;
}

/** The product itself at work in an organization, like the sweeper. */
export interface SystemActor {
  readonly kind: 'system';
  readonly name: string;
  readonly organizationId: number;
}

export type Worker = Actor | SystemActor;

/** @throws AppError `no-agent-profile` */
export function requireAgent(actor: Actor): NonNullable<Actor['agent']> {
  if (actor.agent) return actor.agent;
  throw new AppError('no-agent-profile', 'You have no phone yet. Ask a superadmin to give you an extension.');
}
