import { z } from 'zod';
import { factSchema } from './events';
import type { PageState } from './presence';

/** Path of the socket.io endpoint on the page's own origin. */
export const REALTIME_PATH = '/socket.io';

/**
 * What a page is told, beyond single facts. A page sees only the facts of its scope, so numbers are missing to it:
 * `prev` is the last number told to this audience before. A page whose own last number is less has missed something and
 * asks `since`.
 */
export const envelopeSchema = z.object({
  prev: z.int().min(0),
  seq: z.int().min(0),
  facts: z.array(factSchema),
});
export type Envelope = z.output<typeof envelopeSchema>;

/** The answer to `since`: what was missed, or that it lies too far back and the page must ask for everything anew. */
export const replaySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('facts'), seq: z.int().min(0), facts: z.array(factSchema) }),
  z.object({ kind: z.literal('reset'), seq: z.int().min(0) }),
]);
export type Replay = z.output<typeof replaySchema>;

/** Socket.io events from the server. Sent as JSON; the page parses them by the schemas above. */
export interface ServerToClient {
  facts(envelope: unknown): void;
  /** Where the stream stands for this page, every few seconds: a lost last envelope is noticed. */
  head(seq: number): void;
  /** Parsed by `presenceSchema`. */
  presence(presence: unknown): void;
  'session-ended'(): void;
}

/** Whether a heartbeat has been written, or was for no call of this agent's. */
export const heartbeatAnswerSchema = z.enum(['noted', 'unknown']);
export type HeartbeatAnswer = z.output<typeof heartbeatAnswerSchema>;

/** Socket.io events from the page. Nothing of them is believed before it is parsed. */
export interface ClientToServer {
  /** @param seq the last number the page knows; null on the first connection */
  since(seq: number | null, answer: (replay: unknown) => void): void;
  /** What the page's person is doing there; anew on each connection, `online` until then. */
  state(state: PageState): void;
  /**
   * The page's call goes on; told every 15 s. A call not heard of for 90 s is closed: time enough to come back to
   * another process. Answered once it is written.
   */
  'call-alive'(callId: string, answer: (answer: HeartbeatAnswer) => void): void;
}
