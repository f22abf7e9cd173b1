import { z } from 'zod';
import { browserIdSchema } from '../core/common';
import { defineEndpoint } from '../core/endpoint';
import { sheetSchema } from './sheets';

export const MAX_SHEET_BYTES = 20 * 1024 * 1024;

export const uploadsEndpoints = {
  create: defineEndpoint({
    id: 'uploads.create',
    method: 'post',
    path: '/upload',
    access: 'sheet:work',
    summary:
      'Upload a sheet (CSV, TSV, XLSX, XLS, ODS; 20 MB). The type is told by content. Repeating an id changes nothing.',
    body: z.object({ id: browserIdSchema }),
    file: { field: 'file', maxBytes: MAX_SHEET_BYTES, required: true },
    status: 201,
    response: sheetSchema,
    errors: [
      'sheet-unreadable',
      'payload-too-large',
      'storage-full',
      'no-agent-profile',
      'not-found',
      'conflict',
    ],
  }),
};
