import type { ServerEvent } from '@outdial/contracts';

/** Who hears of an event: one user, one sign-in, or everyone of an organization who may read its calls. */
export type Audience =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'session'; readonly sessionId: string }
  | { readonly kind: 'floor'; readonly organizationId: string };

/** Tells open pages that something changed; never holds up who tells. */
export interface EventBus {
  publish(audience: Audience, event: ServerEvent): void;
}
