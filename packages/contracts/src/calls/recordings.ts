import { z } from 'zod';
import { durationMsSchema, idSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';

/** Two hours of stereo Opus; nginx lets as much through. */
export const MAX_RECORDING_BYTES = 64 * 1024 * 1024;

/**
 * `received`: as it came, it cannot be jumped in yet; `complete`; `partial`: put together of what came, the rest may
 * still come; `unreadable`: stays as it came.
 */
export const RECORDING_STATUSES = ['received', 'complete', 'partial', 'unreadable'] as const;

/** How finely the waveform is told, in values a second. */
export const PEAKS_PER_SECOND = ['2', '20'] as const;

export const callRecordingSchema = z.object({
  id: idSchema,
  status: z.enum(RECORDING_STATUSES),
  durationMs: durationMsSchema,
  sizeBytes: z.int().min(0),
  mimeType: z.string(),
  /** Below the page's own origin; answers range requests (RFC 9110 §14). */
  url: z.string(),
  /** Where its waveform is; null for one that has none (yet). */
  peaksUrl: z.string().nullable(),
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
  peaks: defineEndpoint({
    id: 'recordings.peaks',
    method: 'get',
    path: '/recordings/:recordingId/peaks',
    access: 'call:read-own',
    summary:
      'The waveform, as audiowaveform writes it (.dat, version 2, 8 bits): the least and greatest sample of each channel, so many times a second.',
    params: z.object({ recordingId: idSchema }),
    query: z.object({ perSecond: z.enum(PEAKS_PER_SECOND).default('20') }),
    status: 200,
    produces: 'application/octet-stream',
    errors: ['not-found'],
  }),
};
