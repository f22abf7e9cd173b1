import { z } from 'zod';
import { CALL_STATUSES, callFaultSchema, callReachSchema, callStatusSchema } from '../core/call-status';
import {
  browserIdSchema,
  dialableSchema,
  durationMsSchema,
  idSchema,
  instantSchema,
  pageOf,
  pageQuerySchema,
} from '../core/common';
import { defineEndpoint } from '../core/endpoint';
import { callRecordingSchema } from './recordings';

export const hangupBySchema = z.enum(['agent', 'remote', 'system']);
export type HangupBy = z.infer<typeof hangupBySchema>;

export const directionSchema = z.enum(['outbound', 'inbound']);
export type Direction = z.infer<typeof directionSchema>;

/** Ring, talk and total time of a call, in whole milliseconds; null where the call never got so far. */
const durations = {
  ringMs: durationMsSchema.nullable(),
  talkMs: durationMsSchema.nullable(),
  durationMs: durationMsSchema.nullable(),
};

export const callSchema = z.object({
  id: idSchema,
  direction: directionSchema,
  destination: z.string(),
  status: callStatusSchema,
  /** Null until it has ended. */
  reached: callReachSchema.nullable(),
  fault: callFaultSchema.nullable(),
  sipCode: z.int().nullable(),
  /** Why it ended, in words a person can act on. */
  cause: z.string().nullable(),
  hangupBy: hangupBySchema.nullable(),
  startedAt: instantSchema,
  ringingAt: instantSchema.nullable(),
  answeredAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  ...durations,
  /** The n-th call to this lead; null for a call dialed by hand. */
  attempt: z.int().nullable(),
  agent: z.object({ id: idSchema, name: z.string() }),
  lead: z.object({ id: idSchema, name: z.string().nullable() }).nullable(),
  sheet: z.object({ id: idSchema, name: z.string() }).nullable(),
  recording: callRecordingSchema.nullable(),
});
export type Call = z.infer<typeof callSchema>;

export const timelineEntrySchema = z.object({
  at: instantSchema,
  kind: z.enum(['dialed', 'ringing', 'answered', 'ended', 'recording-stored']),
  text: z.string(),
});

export const callDetailSchema = callSchema.extend({
  timeline: z.array(timelineEntrySchema),
  /** The sheet's columns for this lead. */
  leadData: z.record(z.string(), z.string()).nullable(),
  /** Page lost in mid-call: the times are the last ones known. */
  interrupted: z.boolean(),
});
export type CallDetail = z.infer<typeof callDetailSchema>;

const callIdParams = z.object({ callId: idSchema });

export const callFilterSchema = z.object({
  /** Calls that began at or after this instant. */
  from: instantSchema.optional(),
  /** Calls that began before this instant. */
  to: instantSchema.optional(),
  status: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(callStatusSchema).max(CALL_STATUSES.length))
    .optional(),
  agentId: idSchema.optional(),
  sheetId: idSchema.optional(),
  leadId: idSchema.optional(),
  direction: directionSchema.optional(),
  /** `1`: only calls with a recording; `0`: only those without. */
  recorded: z.enum(['0', '1']).optional(),
  /** How long the call took from dial to end, in ms. */
  minDurationMs: z.coerce.number().pipe(durationMsSchema).optional(),
  maxDurationMs: z.coerce.number().pipe(durationMsSchema).optional(),
  /** Words of the name; each must begin a word of it. */
  name: z.string().trim().max(100).optional(),
  /** A whole number, its start with the plus, or any of its digits in a row. */
  number: z
    .string()
    .trim()
    .max(32)
    .regex(/^[+*#\d\s().-]*$/, 'A number has digits, and at most + * # ( ) . - and spaces.')
    .optional(),
});

/**
 * Header of the answer that makes a call's row, and of the INVITE that the bundled switch lets out for it: good once, for
 * a minute, for this agent and number. Not in the body, which an INVITE would have to wait for; absent for a call that
 * is over, and with another SIP server.
 */
export const CLAIM_HEADER = 'X-Outdial-Claim';

export const callsEndpoints = {
  create: defineEndpoint({
    id: 'calls.create',
    method: 'post',
    path: '/calls',
    access: 'call:place',
    summary:
      'Make the call row before the INVITE leaves. With a lead, claims it: a lead in progress or done is refused. Repeating a call id changes nothing. The answer has what the switch asks for with the INVITE in `X-Outdial-Claim`.',
    body: z.object({
      id: browserIdSchema,
      destination: dialableSchema,
      leadId: idSchema.optional(),
      /** The page that dials the sheet; needed with a lead. */
      dialerSessionId: browserIdSchema.optional(),
      /** The lead's last call, to dial it once more although it is done; a later call refuses this one. */
      retryOf: browserIdSchema.optional(),
    }),
    status: 201,
    response: callSchema,
    errors: [
      'no-agent-profile',
      'number-refused',
      'not-found',
      'lead-not-available',
      'taken-over',
      'conflict',
    ],
  }),
  progress: defineEndpoint({
    id: 'calls.progress',
    method: 'patch',
    path: '/calls/:callId',
    access: 'call:place',
    summary: 'Tell that your call rings or was answered. Late and repeated news change nothing.',
    params: callIdParams,
    body: z.object({ phase: z.enum(['ringing', 'answered']) }),
    status: 204,
    errors: ['no-agent-profile', 'not-found'],
  }),
  list: defineEndpoint({
    id: 'calls.list',
    method: 'get',
    path: '/calls',
    access: 'call:read-own',
    summary: "Call history, newest first: an agent's own, a manager's organization.",
    query: pageQuerySchema.extend(callFilterSchema.shape),
    status: 200,
    response: pageOf(callSchema),
    errors: [],
  }),
  summary: defineEndpoint({
    id: 'calls.summary',
    method: 'get',
    path: '/calls/summary',
    access: 'call:read-own',
    summary:
      'Counts by status and talk time in a range of at most 31 days, in the same scope as the history.',
    query: z.object({ from: instantSchema, to: instantSchema, agentId: idSchema.optional() }),
    status: 200,
    response: z.object({
      total: z.int(),
      byStatus: z.partialRecord(callStatusSchema, z.int()),
      talkMs: z.int(),
    }),
    errors: [],
  }),
  show: defineEndpoint({
    id: 'calls.show',
    method: 'get',
    path: '/calls/:callId',
    access: 'call:read-own',
    summary: 'One call with its timeline and the lead it was for.',
    params: callIdParams,
    status: 200,
    response: callDetailSchema,
    errors: ['not-found'],
  }),
  agents: defineEndpoint({
    id: 'calls.agents',
    method: 'get',
    path: '/calls/agents',
    access: 'call:read-own',
    summary: 'Agents whose calls you may see, for the filter.',
    status: 200,
    response: z.object({ items: z.array(z.object({ id: idSchema, name: z.string() })) }),
    errors: [],
  }),
};
