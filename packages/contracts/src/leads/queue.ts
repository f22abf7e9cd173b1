import { z } from 'zod';
import { callStatusSchema } from '../core/call-status';
import { browserIdSchema, idSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';
import { leadSchema } from './leads';
import { sheetParams, sheetSchema } from './sheets';

/** A sheet's queue as the server knows it: the only truth about what was dialed. */
export const queueSchema = z.object({
  sheet: sheetSchema,
  counts: z.object({
    total: z.int(),
    remaining: z.int(),
    done: z.int(),
    skipped: z.int(),
    /** Leads by the status of their last call. */
    byStatus: z.partialRecord(callStatusSchema, z.int()),
  }),
  /** Next to be dialed, in order; ten at most. */
  upcoming: z.array(leadSchema),
  /** Last dialed, newest first; ten at most. */
  recent: z.array(leadSchema),
  /** Mean time from one dial to the next, in milliseconds; null before the second call. */
  averageHandleMs: z.int().nullable(),
  /** The page that dials now, if any. */
  dialer: z.object({ sessionId: idSchema, mine: z.boolean() }).nullable(),
});
export type Queue = z.infer<typeof queueSchema>;

const leadParams = sheetParams.extend({ leadId: idSchema });
const dialerSession = z.object({ dialerSessionId: browserIdSchema });

export const queueEndpoints = {
  show: defineEndpoint({
    id: 'queue.show',
    method: 'get',
    path: '/sheets/:sheetId/queue',
    access: 'sheet:work',
    summary: 'Where the sheet stands: counts, who is next, what came of the last ones.',
    params: sheetParams,
    query: dialerSession.partial(),
    status: 200,
    response: queueSchema,
    errors: ['not-found'],
  }),
  open: defineEndpoint({
    id: 'queue.open',
    method: 'post',
    path: '/sheets/:sheetId/queue/open',
    access: 'sheet:work',
    summary:
      'Make this page the one that dials the sheet. Refused while another page does, unless taken over.',
    params: sheetParams,
    body: dialerSession.extend({ takeOver: z.boolean().default(false) }),
    status: 200,
    response: queueSchema,
    errors: ['not-found', 'dialed-elsewhere', 'no-agent-profile'],
  }),
  setState: defineEndpoint({
    id: 'queue.setState',
    method: 'put',
    path: '/sheets/:sheetId/queue/state',
    access: 'sheet:work',
    summary: 'Running, paused or stopped; stopping lets go of the sheet.',
    params: sheetParams,
    body: dialerSession.extend({ state: z.enum(['running', 'paused', 'stopped']) }),
    status: 200,
    response: queueSchema,
    errors: ['not-found', 'taken-over'],
  }),
  skip: defineEndpoint({
    id: 'queue.skip',
    method: 'post',
    path: '/sheets/:sheetId/queue/leads/:leadId/skip',
    access: 'sheet:work',
    summary: 'Leave a lead out; it can be retried later. One that is done stays so.',
    params: leadParams,
    body: dialerSession,
    status: 200,
    response: leadSchema,
    errors: ['not-found', 'taken-over', 'lead-not-available'],
  }),
  retry: defineEndpoint({
    id: 'queue.retry',
    method: 'post',
    path: '/sheets/:sheetId/queue/leads/:leadId/retry',
    access: 'sheet:work',
    summary:
      'Put a lead that is done or skipped at the head of the queue again. Refused while it is being called, and when it has been called since `lastCallId`.',
    params: leadParams,
    body: dialerSession.extend({ lastCallId: browserIdSchema.nullable() }),
    status: 200,
    response: leadSchema,
    errors: ['not-found', 'taken-over', 'lead-not-available'],
  }),
};
