import { z } from 'zod';
import { idSchema } from '../core/common';

/**
 * What somebody with an open page is doing; who has none is `offline`. Of several pages the one counts that stands first
 * here. `online` is somebody who is signed in and cannot be called: without a phone, or with one that has not registered.
 */
export const PAGE_STATES = ['talking', 'on-hold', 'dialing', 'wrap-up', 'paused', 'ready', 'online'] as const;
export const pageStateSchema = z.enum(PAGE_STATES);
export type PageState = z.output<typeof pageStateSchema>;

export const presenceStateSchema = z.enum([...PAGE_STATES, 'offline']);
export type PresenceState = z.output<typeof presenceStateSchema>;

/**
 * Who is there, as far as the page's person may see it: whoever holds `user:read`, of the people of their scope. With
 * `whole`, it is everyone who is not offline, and the first thing a connection is told; else what has changed since.
 */
export const presenceSchema = z.object({
  whole: z.boolean(),
  people: z.array(z.object({ userId: idSchema, state: presenceStateSchema })),
});
export type Presence = z.output<typeof presenceSchema>;
