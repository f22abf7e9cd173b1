import { z } from 'zod';
import { callFaultSchema, callReachSchema, endedStatusSchema } from '../core/call-status';
import { browserIdSchema, dialableSchema, durationMsSchema, idSchema, instantSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';
import { directionSchema, hangupBySchema } from './calls';
import { MAX_RECORDING_BYTES } from './recordings';

/** A browser's clock may have been set meanwhile; more than this (ms, a day) between two moments of one call is no clock. */
const MAX_JUMP_MS = 86_400_000;

const reportFields = z.object({
  callId: browserIdSchema,
  direction: directionSchema.default('outbound'),
  destination: dialableSchema,
  leadId: idSchema.optional(),
  status: endedStatusSchema,
  /** By its moments where it is not said. */
  reached: callReachSchema.optional(),
  fault: callFaultSchema.default('none'),
  sipCode: z.int().min(100).max(699).optional(),
  cause: z.string().max(200).optional(),
  hangupBy: hangupBySchema.optional(),
  /** SIP Call-ID (RFC 3261 §20.8), to find the call in the switch's logs. */
  sipCallId: z.string().max(255).optional(),
  startedAt: instantSchema,
  ringingAt: instantSchema.optional(),
  answeredAt: instantSchema.optional(),
  endedAt: instantSchema,
  ringMs: durationMsSchema.optional(),
  talkMs: durationMsSchema.optional(),
  durationMs: durationMsSchema,
  interrupted: z.boolean().optional(),
  /** The browser's clock at sending; the server corrects a clock that is off by it. */
  sentAt: instantSchema,
});

/**
 * One call as the browser saw it: what `POST /api/cdr/upload` takes beside the recording. Its clock may be off by
 * years, since only the time between two of its moments counts; a call that is yet to end, or that was talked on
 * without an answer, is refused.
 */
export const callReportSchema = reportFields.superRefine(isPossible);
export type CallReport = z.output<typeof reportFields>;

/** The same where the address names the call. */
export const callReportBodySchema = reportFields.omit({ callId: true }).superRefine(isPossible);

function isPossible(report: Omit<CallReport, 'callId'>, context: z.RefinementCtx): void {
  const refuse = (path: keyof CallReport, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  const at = (instant: string) => Date.parse(instant);
  if (at(report.endedAt) - at(report.sentAt) > MAX_JUMP_MS)
    refuse('endedAt', 'The call ends after this report of it was sent.');
  if (at(report.startedAt) - at(report.endedAt) > MAX_JUMP_MS)
    refuse('startedAt', 'The call begins after its end.');
  if ((report.talkMs ?? 0) === 0) return;
  if (report.answeredAt === undefined) refuse('talkMs', 'Nobody talks before the call is answered.');
  if (report.status !== 'answered' && report.status !== 'failed')
    refuse('status', 'A call that was talked on has been answered.');
}

/** JSON in a text field of a multipart body. */
const jsonField = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .max(20_000)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'This field must be JSON.' });
        return z.NEVER;
      }
    })
    .pipe(schema);

export const cdrEndpoints = {
  upload: defineEndpoint({
    id: 'cdr.upload',
    method: 'post',
    path: '/cdr/upload',
    access: 'call:place',
    summary:
      "File a call's record and its recording. Idempotent by the call's UUID: repeating it, with or without the recording, loses and doubles nothing.",
    body: z.object({ report: jsonField(callReportSchema) }),
    file: { field: 'recording', maxBytes: MAX_RECORDING_BYTES, required: false },
    status: 200,
    response: z.object({ success: z.literal(true), id: idSchema, recordingId: idSchema.nullable() }),
    errors: ['no-agent-profile', 'not-found', 'recording-unreadable', 'payload-too-large', 'storage-full'],
  }),
};
