import { z } from 'zod';
import { durationMsSchema, idSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';

/** Two hours of stereo Opus; nginx lets as much through. */
export const MAX_RECORDING_BYTES = 64 * 1024 * 1024;

/** `received`: as it came, it cannot be jumped in yet; `complete`; `unreadable`: stays as it came. */
export const RECORDING_STATUSES = ['received', 'complete', 'unreadable'] as const;

export const callRecordingSchema = z.object({
  id: idSchema,
  status: z.enum(RECORDING_STATUSES),
  durationMs: durationMsSchema,
  sizeBytes: z.int().min(0),
  mimeType: z.string(),
  /** Below the page's own origin; answers range requests (RFC 9110 §14). */
  url: z.string(),
});
export type CallRecording = z.infer<typeof callRecordingSchema>;

export const recordingsEndpoints = {
  audio: defineEndpoint({
    id: 'recordings.audio',
    method: 'get',
    path: '/recordings/:recordingId/audio',
    access: 'call:read-own',
    summary: 'The audio: left channel the agent, right channel the other party. Answers range requests.',
    params: z.object({ recordingId: idSchema }),
    query: z.object({ download: z.enum(['1']).optional() }),
    status: 200,
    produces: 'audio/webm',
    errors: ['not-found'],
  }),
};
