import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint';

const reachedSchema = z.enum(['connected', 'disconnected']);

export const healthSchema = z.object({
  success: z.boolean(),
  /** `degraded` while any of the parts below is away, or the disk is not fine. */
  status: z.enum(['healthy', 'degraded']),
  db: reachedSchema,
  redis: reachedSchema,
  /** `not-checked`: the phones use a SIP server of the operator's own, or the API was not told where the switch is. */
  switch: z.enum(['connected', 'disconnected', 'not-checked']),
  /** Where recordings and sheets are stored. `full`: nothing more is taken until there is space. */
  disk: z.enum(['fine', 'low', 'full', 'not-writable']),
  timestamp: z.iso.datetime(),
});
export type Health = z.infer<typeof healthSchema>;

export const liveSchema = z.object({ success: z.literal(true) });

export const healthEndpoints = {
  live: defineEndpoint({
    id: 'health.live',
    method: 'get',
    path: '/health/live',
    access: 'public',
    summary: 'Does the process answer? Depends on nothing else; one that does not is to be started again.',
    status: 200,
    response: liveSchema,
    errors: [],
  }),
  show: defineEndpoint({
    id: 'health.show',
    method: 'get',
    path: '/health',
    access: 'public',
    summary: 'How are the parts of the installation? Answers 200 while the process lives.',
    status: 200,
    response: healthSchema,
    errors: [],
  }),
  ready: defineEndpoint({
    id: 'health.ready',
    method: 'get',
    path: '/health/ready',
    access: 'public',
    summary: 'May a load balancer send requests here? Fails with 503 while the database is away.',
    status: 200,
    response: healthSchema,
    errors: ['unavailable'],
  }),
};
