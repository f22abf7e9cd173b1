import { z } from 'zod';
import { callStatusSchema } from '../core/call-status';
import { idSchema, instantSchema } from '../core/common';

export const LEAD_STATUSES = ['new', 'in-progress', 'done', 'skipped'] as const;
export const leadStatusSchema = z.enum(LEAD_STATUSES);
export type LeadStatus = z.infer<typeof leadStatusSchema>;

export const leadSchema = z.object({
  id: idSchema,
  /** Line of the sheet it came from. */
  line: z.int(),
  phone: z.string(),
  extension: z.string().nullable(),
  alternatePhones: z.array(z.string()),
  name: z.string().nullable(),
  /** The sheet's other columns, in the sheet's order. */
  data: z.record(z.string(), z.string()),
  status: leadStatusSchema,
  attempts: z.int(),
  lastStatus: callStatusSchema.nullable(),
  lastCallId: idSchema.nullable(),
  lastCallAt: instantSchema.nullable(),
});
export type Lead = z.infer<typeof leadSchema>;
