import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { ServedFile } from '../services/platform/files.service';

/** The part that is asked for (RFC 9110 §14): all of it where there is no range, or more than one. */
function rangeOf(
  request: Request,
  size: number,
  etag: string,
): { start: number; end: number } | 'none' | 'bad' {
  const ifRange = request.get('if-range');
  if (ifRange && ifRange !== etag) return 'none';
  const ranges = request.range(size, { combine: true });
  if (ranges === -1) return 'bad';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return 'none';
  return ranges[0] ?? 'none';
}

/** Sends a stored file: ranges, ETag and conditional requests included (RFC 9110 §13, §14). */
export async function sendFile(
  request: Request,
  response: Response,
  file: ServedFile,
  disposition: 'inline' | 'attachment',
): Promise<void> {
  const { sizeBytes: size, modifiedAt } = file.object;
  const etag = `"${size.toString(36)}-${modifiedAt.getTime().toString(36)}"`;
  response.attachment(file.fileName);
  if (disposition === 'inline') response.setHeader('content-disposition', 'inline');
  response.type(file.mimeType);
  response.set({
    // Asked for again each time: on a shared computer the next person must not hear it.
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag,
    'last-modified': modifiedAt.toUTCString(),
  });
  if (request.fresh) return void response.status(304).end();
  const range = rangeOf(request, size, etag);
  if (range === 'bad') return void response.status(416).set('content-range', `bytes */${size}`).end();
  const { start, end } = range === 'none' ? { start: 0, end: size - 1 } : range;
  if (range !== 'none') response.status(206).set('content-range', `bytes ${start}-${end}/${size}`);
  response.setHeader('content-length', end - start + 1);
  if (request.method === 'HEAD' || size === 0) return void response.end();
  const content = await file.open({ start, end });
  // Who stops listening has closed the connection; there is nobody to tell.
  await pipeline(content, response).catch(() => undefined);
}
