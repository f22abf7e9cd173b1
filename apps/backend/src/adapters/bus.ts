import type { PageState } from '@outdial/contracts';

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

/** An open page of somebody who is signed in. */
export interface OpenPage {
  /** Of its connection; no two pages of an installation have the same. */
  readonly id: string;
  readonly organizationId: number;
  readonly userId: string;
  readonly teamId: number | null;
  readonly state: PageState;
}

/** What processes tell each other. Losing one costs seconds, never data: whoever hears nothing looks by itself. */
export type BusMessage =
  /** Something was committed for the relay. */
  | { readonly kind: 'committed'; readonly news: readonly News[] }
  | { readonly kind: 'facts'; readonly organizationId: number; readonly facts: readonly RelayedFact[] }
  | { readonly kind: 'sessions-ended'; readonly sessionIds: readonly string[] }
  /** Roles, teams or permissions of the organization. */
  | { readonly kind: 'access-changed'; readonly organizationId: number }
  | { readonly kind: 'settings-changed'; readonly organizationId: number }
  /**
   * The pages that a process serves: all of them, or those that have changed since its last turn and the ids of those
   * that have gone. Without either it says that the process lives.
   */
  | {
      readonly kind: 'presence';
      readonly process: string;
      readonly turn: number;
      readonly whole: boolean;
      readonly pages: readonly OpenPage[];
      readonly gone: readonly string[];
    }
  /** Somebody wants to know all pages of a process, or of every one. */
  | { readonly kind: 'presence-asked'; readonly process: string | null };

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
