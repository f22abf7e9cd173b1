import { z } from 'zod';
import { factSchema } from './events';

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
  'session-ended'(): void;
}

/** Socket.io events from the page. */
export interface ClientToServer {
  /** @param seq the last number the page knows; null on the first connection */
  since(seq: number | null, answer: (replay: unknown) => void): void;
}
