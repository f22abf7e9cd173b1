import { z } from 'zod';
import { callStatusSchema } from './calls';
import { browserIdSchema, idSchema, instantSchema, pageOf, pageQuerySchema } from './common';
import { defineEndpoint } from './endpoint';

export const MAX_SHEET_BYTES = 20 * 1024 * 1024;

/** `uploaded`: the file is here, no leads yet. Then as its queue goes. */
export const SHEET_STATUSES = ['uploaded', 'ready', 'running', 'paused', 'finished'] as const;
export const sheetStatusSchema = z.enum(SHEET_STATUSES);
export type SheetStatus = z.infer<typeof sheetStatusSchema>;

/**
 * What the text of a sheet may be said to be written in (WHATWG labels): those of the spreadsheet programs, and
 * only ones that Chromium and Node.js decode alike. Big5 and EUC-KR are not: Node.js 20 loses characters of both.
 */
export const SHEET_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1254',
  'iso-8859-2',
  'iso-8859-15',
  'macintosh',
  'shift_jis',
  'gb18030',
] as const;
export type SheetEncoding = (typeof SHEET_ENCODINGS)[number];

export const SHEET_DELIMITERS = [',', ';', '\t', '|'] as const;
export type SheetDelimiter = (typeof SHEET_DELIMITERS)[number];

/**
 * Which columns mean what, and how to read the file where what is detected is wrong. Columns are given by their
 * place in the file, from 0.
 */
export const sheetMappingSchema = z.object({
  /** 1-based line of the column titles; null when the first row already is a lead. */
  headerLine: z.int().min(1).max(1_000_000).nullable(),
  phoneColumn: z.int().min(0).max(255),
  /** None, one for the whole name, or first name and last name in that order. */
  nameColumns: z.array(z.int().min(0).max(255)).max(2),
  /** Which worksheet of a workbook; the first that holds anything when left out. */
  sheetName: z.string().max(100).optional(),
  /** What a text file is written in; detected when left out. */
  encoding: z
    .enum(SHEET_ENCODINGS, { error: `Choose one of these encodings: ${SHEET_ENCODINGS.join(', ')}.` })
    .optional(),
  /** What separates the columns of a text file; detected when left out. */
  delimiter: z
    .enum(SHEET_DELIMITERS, { error: 'Columns are separated by a comma, a semicolon, a tab or a pipe.' })
    .optional(),
});
export type SheetMapping = z.infer<typeof sheetMappingSchema>;

export const sheetCountsSchema = z.object({
  rows: z.int(),
  taken: z.int(),
  duplicates: z.int(),
  rejected: z.int(),
});

export const sheetSchema = z.object({
  id: idSchema,
  name: z.string(),
  fileName: z.string(),
  sizeBytes: z.int(),
  format: z.string(),
  status: sheetStatusSchema,
  counts: sheetCountsSchema.nullable(),
  /** Leads still to be dialed. */
  remaining: z.int(),
  createdAt: instantSchema,
  importedAt: instantSchema.nullable(),
  uploadedBy: z.object({ id: idSchema, name: z.string() }),
  /** Where the file can be had again. */
  url: z.string(),
});
export type Sheet = z.infer<typeof sheetSchema>;

export const sheetIssueSchema = z.object({
  line: z.int(),
  kind: z.enum(['duplicate', 'rejected']),
  reason: z.string(),
  message: z.string(),
  values: z.record(z.string(), z.string()),
});

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

const sheetParams = z.object({ sheetId: idSchema });
const leadParams = z.object({ sheetId: idSchema, leadId: idSchema });
const dialerSession = z.object({ dialerSessionId: browserIdSchema });

export const uploadEndpoints = {
  create: defineEndpoint({
    id: 'upload.create',
    method: 'post',
    path: '/upload',
    access: 'sheet:work',
    summary:
      'Upload a sheet (CSV, TSV, XLSX, XLS, ODS; 20 MB). The type is told by content. Repeating an id changes nothing.',
    body: z.object({ id: browserIdSchema }),
    file: { field: 'file', maxBytes: MAX_SHEET_BYTES, required: true },
    status: 201,
    response: sheetSchema,
    errors: ['sheet-unreadable', 'payload-too-large', 'no-agent-profile', 'conflict'],
  }),
};

export const sheetEndpoints = {
  list: defineEndpoint({
    id: 'sheets.list',
    method: 'get',
    path: '/sheets',
    access: 'sheet:work',
    summary: 'Your sheets, newest first.',
    query: pageQuerySchema,
    status: 200,
    response: pageOf(sheetSchema),
    errors: [],
  }),
  show: defineEndpoint({
    id: 'sheets.show',
    method: 'get',
    path: '/sheets/:sheetId',
    access: 'sheet:work',
    summary: 'One of your sheets.',
    params: sheetParams,
    status: 200,
    response: sheetSchema,
    errors: ['not-found'],
  }),
  import: defineEndpoint({
    id: 'sheets.import',
    method: 'post',
    path: '/sheets/:sheetId/import',
    access: 'sheet:work',
    summary:
      'Turn the uploaded sheet into leads with this mapping. Once only: a second time answers what the first did.',
    params: sheetParams,
    body: z.object({
      mapping: sheetMappingSchema,
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
    }),
    status: 200,
    response: sheetSchema,
    errors: ['not-found', 'sheet-unreadable', 'validation'],
  }),
  issues: defineEndpoint({
    id: 'sheets.issues',
    method: 'get',
    path: '/sheets/:sheetId/issues',
    access: 'sheet:work',
    summary: 'Rows that were not taken, by line, each with its reason.',
    params: sheetParams,
    query: pageQuerySchema.extend({ kind: z.enum(['duplicate', 'rejected']).optional() }),
    status: 200,
    response: pageOf(sheetIssueSchema),
    errors: ['not-found'],
  }),
  issuesCsv: defineEndpoint({
    id: 'sheets.issuesCsv',
    method: 'get',
    path: '/sheets/:sheetId/issues.csv',
    access: 'sheet:work',
    summary: 'The same rows as CSV, safe to open in a spreadsheet.',
    params: sheetParams,
    status: 200,
    produces: 'text/csv',
    errors: ['not-found'],
  }),
  file: defineEndpoint({
    id: 'sheets.file',
    method: 'get',
    path: '/sheets/:sheetId/file',
    access: 'sheet:work',
    summary: 'The file as it was uploaded.',
    params: sheetParams,
    status: 200,
    produces: 'application/octet-stream',
    errors: ['not-found'],
  }),
};

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
