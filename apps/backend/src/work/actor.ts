import type { Permission, Role } from '@outdial/contracts';
import { AppError } from '../errors/app-error';

/** Who asks: the signed-in user of a request. */
export interface Actor {
  readonly userId: string;
  readonly sessionId: string;
  readonly organizationId: string;
  readonly name: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  /** Null for people without a phone. */
  readonly agentId: string | null;
}

/** @throws AppError `no-agent-profile` */
export function requireAgent(actor: Actor): string {
  if (actor.agentId) return actor.agentId;
  throw new AppError('no-agent-profile', 'You have no phone yet. Ask a superadmin to give you an extension.');
}
