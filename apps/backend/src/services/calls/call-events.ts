import type { EventBus } from '../../adapters/event-bus';
import type { Actor } from '../../work/actor';

/** Tells the agent's own pages, and everyone who may see the organization's calls. */
export function tellCallChanged(events: EventBus, actor: Actor, callId: string): void {
  events.publish({ kind: 'user', userId: actor.userId }, { name: 'call-changed', callId });
  events.publish({ kind: 'floor', organizationId: actor.organizationId }, { name: 'call-changed', callId });
}
