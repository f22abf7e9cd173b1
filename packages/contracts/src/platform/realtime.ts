import { z } from 'zod';
import { idSchema } from '../core/common';

/** Path of the socket.io endpoint on the page's own origin. */
export const REALTIME_PATH = '/socket.io';

/** What the server tells a signed-in page. A page that hears it asks the API again: events carry no data. */
export const serverEventSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('call-changed'), callId: idSchema }),
  z.object({ name: z.literal('queue-changed'), sheetId: idSchema }),
  /** `dialerSessionId` names the page that has lost the sheet. */
  z.object({ name: z.literal('dialer-taken-over'), sheetId: idSchema, dialerSessionId: idSchema }),
  z.object({ name: z.literal('session-ended') }),
]);
export type ServerEvent = z.infer<typeof serverEventSchema>;
