import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuerySchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';

/** `uploaded`: the file is here, no leads yet; `importing`: it is becoming leads. Then as its queue goes. */
export const SHEET_STATUSES = ['uploaded', 'importing', 'ready', 'running', 'paused', 'finished'] as const;
export const sheetStatusSchema = z.enum(SHEET_STATUSES);
export type SheetStatus = z.infer<typeof sheetStatusSchema>;

/**
 * What the text of a sheet may be said to be written in (WHATWG labels): what browsers decode and people's programs
 * write.
 */
export const SHEET_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'koi8-r',
  'koi8-u',
  'ibm866',
  'macintosh',
  'x-mac-cyrillic',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export type SheetEncoding = (typeof SHEET_ENCODINGS)[number];

export const SHEET_DELIMITERS = [',', ';', '\t', '|'] as const;
export type SheetDelimiter = (typeof SHEET_DELIMITERS)[number];

const columnSchema = z.int().min(0).max(255);

/**
 * Which columns mean what, and how to read the file where what is detected is wrong. Columns are given by their
 * place in the file, from 0.
 */
export const sheetMappingSchema = z.object({
  /** 1-based line of the column titles; null when the first row already is a lead. */
  headerLine: z.int().min(1).max(1_000_000).nullable(),
  /** In the order in which they are tried: the first number is dialed, the others are kept with the lead. */
  phoneColumns: z.array(columnSchema).min(1).max(10),
  /** None, one for the whole name, or first name and last name in that order. */
  nameColumns: z.array(columnSchema).max(2),
  /** Where area codes stand apart from their numbers. */
  areaCodeColumn: columnSchema.nullish(),
  /** Where numbers without a country code belong (ISO 3166-1 alpha-2), if not to the organization's country. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** How bare digits are read that could be a number at home or one with a country code; found out when left out. */
  reading: z.enum(['home', 'abroad']).optional(),
  /** Numbers that are dialed although they are left out otherwise. */
  also: z
    .array(z.enum(['fax', 'premium']))
    .max(2)
    .optional(),
  /** Sheets whose numbers are left out: they were dialed from there. */
  without: z.array(idSchema).max(5).optional(),
  /** What somebody wrote in place of a row's phone cell, by line. */
  corrections: z
    .array(z.object({ line: z.int().min(1).max(2_000_000), value: z.string().trim().min(1).max(60) }))
    .max(1000)
    .optional(),
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
  /** Titles and what stands above them. */
  notData: z.int(),
  /** Left out because an earlier sheet has the number. */
  known: z.int(),
});

export const sheetSchema = z.object({
  id: idSchema,
  name: z.string(),
  fileName: z.string(),
  sizeBytes: z.int(),
  format: z.string(),
  status: sheetStatusSchema,
  counts: sheetCountsSchema.nullable(),
  /** How far the import is, or why it failed; null before it was asked for and once it is done. */
  import: z
    .object({
      state: z.enum(['queued', 'reading', 'writing', 'failed']),
      /** Rows read; null until the file has been read. */
      rows: z.int().nullable(),
      /** Rows written so far. */
      written: z.int(),
      failure: z.object({ reason: z.string(), message: z.string() }).nullable(),
    })
    .nullable(),
  /** Leads still to be dialed. */
  remaining: z.int(),
  createdAt: instantSchema,
  importedAt: instantSchema.nullable(),
  uploadedBy: z.object({ id: idSchema, name: z.string() }),
  /** Where the file can be had again. */
  url: z.string(),
});
export type Sheet = z.infer<typeof sheetSchema>;

/** Why a line of the file is no lead. */
export const SHEET_ISSUE_KINDS = ['duplicate', 'rejected', 'known', 'not-data'] as const;
export type SheetIssueKind = (typeof SHEET_ISSUE_KINDS)[number];

export const sheetIssueSchema = z.object({
  line: z.int(),
  kind: z.enum(SHEET_ISSUE_KINDS),
  reason: z.string(),
  message: z.string(),
  values: z.record(z.string(), z.string()),
});

/** Most numbers that are compared with earlier sheets at once. */
export const MAX_COMPARED_NUMBERS = 2_000;

/** An earlier sheet of one's own that has some of the numbers. */
export const sheetOverlapSchema = z.object({
  id: idSchema,
  name: z.string(),
  createdAt: instantSchema,
  /** How many of the numbers asked about are among its leads. */
  shared: z.int(),
});
export type SheetOverlap = z.infer<typeof sheetOverlapSchema>;

export const sheetParams = z.object({ sheetId: idSchema });

export const sheetsEndpoints = {
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
      'Have the uploaded sheet turned into leads with this mapping. Answers at once; `sheet.changed` and the sheet tell how far it is. Repeating it changes nothing; after a failure it tries again.',
    params: sheetParams,
    body: z.object({ mapping: sheetMappingSchema }),
    status: 202,
    response: sheetSchema,
    errors: ['not-found'],
  }),
  overlaps: defineEndpoint({
    id: 'sheets.overlaps',
    method: 'post',
    path: '/sheets/overlaps',
    access: 'sheet:work',
    summary:
      'Which of your sheets have these numbers already, the one with most of them first; five at most.',
    body: z.object({
      numbers: z
        .array(z.string().regex(/^\+[1-9]\d{5,14}$/))
        .min(1)
        .max(MAX_COMPARED_NUMBERS),
    }),
    status: 200,
    response: z.object({ sheets: z.array(sheetOverlapSchema) }),
    errors: [],
  }),
  issues: defineEndpoint({
    id: 'sheets.issues',
    method: 'get',
    path: '/sheets/:sheetId/issues',
    access: 'sheet:work',
    summary: 'Rows that were not taken, by line, each with its reason.',
    params: sheetParams,
    query: pageQuerySchema.extend({ kind: z.enum(SHEET_ISSUE_KINDS).optional() }),
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
