import { z } from 'zod';
import { browserIdSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';
import { callReportBodySchema } from './cdr';

export const callReportEndpoints = {
  put: defineEndpoint({
    id: 'callReport.put',
    method: 'put',
    path: '/calls/:callId/report',
    access: 'call:place',
    summary:
      'File how a call went, as soon as it has ended; its recording comes apart. Idempotent: the first report of an ended call stays.',
    params: z.object({ callId: browserIdSchema }),
    body: callReportBodySchema,
    status: 204,
    errors: ['no-agent-profile', 'not-found'],
  }),
};
