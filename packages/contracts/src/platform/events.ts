import { z } from 'zod';
import { idSchema } from '../core/common';

/**
 * Who hears of an event: the `person` it is for, whoever's `scope` takes in the agent it is about, or everyone of the
 * `organization`.
 */
export type Audience = 'person' | 'scope' | 'organization';

interface EventDeclaration {
  readonly audience: Audience;
  readonly payload: z.ZodObject;
}

function defineEvent<const E extends EventDeclaration>(event: E): E {
  return event;
}

/**
 * Facts the server tells open pages, each declared once. They are numbered without gaps within an organization; a page
 * that hears one asks the API for what it shows.
 */
export const EVENTS = {
  'call.changed': defineEvent({ audience: 'scope', payload: z.object({ callId: idSchema }) }),
  'user.changed': defineEvent({ audience: 'scope', payload: z.object({ userId: idSchema }) }),
  'queue.changed': defineEvent({ audience: 'person', payload: z.object({ sheetId: idSchema }) }),
  /** The sheet's import has gone on, is done, or has failed. */
  'sheet.changed': defineEvent({ audience: 'person', payload: z.object({ sheetId: idSchema }) }),
  /** `dialerSessionId` names the page that has lost the sheet. */
  'dialer.taken-over': defineEvent({
    audience: 'person',
    payload: z.object({ sheetId: idSchema, dialerSessionId: idSchema }),
  }),
  'settings.changed': defineEvent({
    audience: 'organization',
    payload: z.object({ keys: z.array(z.string().max(60)).max(100) }),
  }),
} as const;

export type EventName = keyof typeof EVENTS;
export type EventPayload<N extends EventName> = z.output<(typeof EVENTS)[N]['payload']>;

/** One fact as it travels; `seq` is its number in the organization's stream. */
export type Fact = {
  [N in EventName]: { readonly seq: number; readonly name: N; readonly payload: EventPayload<N> };
}[EventName];

const seqSchema = z.int().min(0);

export const factSchema = z
  .object({
    seq: seqSchema,
    name: z.enum(Object.keys(EVENTS) as [EventName, ...EventName[]]),
    payload: z.unknown(),
  })
  .transform((fact, context): Fact => {
    const payload = EVENTS[fact.name].payload.safeParse(fact.payload);
    if (payload.success) return { ...fact, payload: payload.data } as Fact;
    context.addIssue({ code: 'custom', message: `The payload of ${fact.name} is not as declared.` });
    return z.NEVER;
  });
