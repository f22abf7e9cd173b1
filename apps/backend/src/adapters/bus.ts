/** A fact as it goes from the relay to the API processes; who may see it is decided there. */
export interface RelayedFact {
  readonly seq: number;
  readonly name: string;
  readonly userId: string | null;
  readonly teamId: number | null;
  readonly payload: unknown;
}

/** What a transaction may leave for the relay. */
export type News = 'facts' | 'jobs' | 'audit';

/** What processes tell each other. Losing one costs seconds, never data: whoever hears nothing looks by itself. */
export type BusMessage =
  /** Something was committed for the relay. */
  | { readonly kind: 'committed'; readonly news: readonly News[] }
  | { readonly kind: 'facts'; readonly organizationId: number; readonly facts: readonly RelayedFact[] }
  | { readonly kind: 'sessions-ended'; readonly sessionIds: readonly string[] }
  /** Roles, teams or permissions of the organization. */
  | { readonly kind: 'access-changed'; readonly organizationId: number }
  | { readonly kind: 'settings-changed'; readonly organizationId: number };

export type BusListener = (message: BusMessage) => void;

export interface Bus {
  /** Tells this process at once, the others when they can be reached. */
  publish(message: BusMessage): void;
  /** @returns stops listening */
  on(listener: BusListener): () => void;
  /** Whether other processes are heard right now. */
  readonly isConnected: boolean;
  close(): Promise<void>;
}
