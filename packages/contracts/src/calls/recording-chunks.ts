import { z } from 'zod';
import { browserIdSchema, instantSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';

/** Half a minute of stereo Opus; a browser sends one second in each. */
export const MAX_CHUNK_BYTES = 256 * 1024;
/** Chunks of one part: almost three hours of seconds. */
export const MAX_CHUNKS = 10_000;
/** Parts of one recording. A page that is loaded again in mid-call begins another. */
export const MAX_PARTS = 100;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 as 64 hex digits.');
const partSchema = z.coerce
  .number()
  .int()
  .min(0)
  .max(MAX_PARTS - 1)
  .default(0);

/** One run of the recorder. */
export const recordingPartSchema = z.object({
  part: partSchema,
  /** When it began, by the browser's clock; only the time between parts counts. */
  startedAt: instantSchema,
  chunks: z.int().min(1).max(MAX_CHUNKS),
  /** SHA-256 (FIPS 180-4) over the binary SHA-256 of its chunks, one after another. */
  root: sha256Schema,
});
export type RecordingPart = z.output<typeof recordingPartSchema>;

/** Chunks `from` to `to` of a part, both included. */
export const missingChunksSchema = z.object({ part: z.int(), from: z.int(), to: z.int() });
export type MissingChunks = z.output<typeof missingChunksSchema>;

/** Ranges that an answer names; who has sent those asks again. */
export const MAX_MISSING = 1_000;

export const recordingChunksEndpoints = {
  put: defineEndpoint({
    id: 'recordingChunks.put',
    method: 'put',
    path: '/calls/:callId/recording/chunks/:n',
    access: 'call:place',
    summary:
      'Send a chunk of a recording, during the call or after it. The chunks of a part, one after another, are the file that the browser recorded. Sending one again changes nothing.',
    params: z.object({
      callId: browserIdSchema,
      n: z.coerce
        .number()
        .int()
        .min(0)
        .max(MAX_CHUNKS - 1),
    }),
    query: z.object({ part: partSchema, sha256: sha256Schema }),
    bytes: { maxBytes: MAX_CHUNK_BYTES },
    status: 204,
    errors: [
      'no-agent-profile',
      'not-found',
      'conflict',
      'chunk-damaged',
      'payload-too-large',
      'storage-full',
    ],
  }),
  complete: defineEndpoint({
    id: 'recordingChunks.complete',
    method: 'post',
    path: '/calls/:callId/recording/complete',
    access: 'call:place',
    summary:
      'Tell that all chunks of a recording have been sent. Answers which are missing; when none is, the recording is put together and can be heard soon.',
    params: z.object({ callId: browserIdSchema }),
    body: z.object({ parts: z.array(recordingPartSchema).min(1).max(MAX_PARTS) }),
    status: 200,
    response: z.object({ missing: z.array(missingChunksSchema).max(MAX_MISSING) }),
    errors: ['no-agent-profile', 'not-found', 'conflict'],
  }),
};
