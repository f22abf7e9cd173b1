import { z } from 'zod';
import { defineEndpoint } from '../core/endpoint';

export const healthSchema = z.object({
  success: z.boolean(),
  status: z.enum(['healthy', 'degraded']),
  db: z.enum(['connected', 'disconnected']),
  timestamp: z.iso.datetime(),
});
export type Health = z.infer<typeof healthSchema>;

export const healthEndpoints = {
  show: defineEndpoint({
    id: 'health.show',
    method: 'get',
    path: '/health',
    access: 'public',
    summary: 'Is the process up, and does it reach the database? Answers 200 while the process lives.',
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
