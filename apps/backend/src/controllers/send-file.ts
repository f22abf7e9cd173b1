import type { Response } from 'express';
import type { ServedFile } from '../services/calls/recordings.service';

/** What Express's sendFile fails with. */
type SendError = Error & { status?: number; headers?: Record<string, string> };

/** Sends a stored file: range requests, ETag and conditional requests included (RFC 9110 §13, §14). */
export function sendFile(
  response: Response,
  served: ServedFile,
  disposition: 'inline' | 'attachment',
): Promise<void> {
  response.attachment(served.fileName);
  if (disposition === 'inline') response.setHeader('content-disposition', 'inline');
  response.type(served.mimeType);
  response.setHeader('cache-control', 'private, max-age=3600');
  return new Promise((resolve, reject) => {
    response.sendFile(served.file.path, { dotfiles: 'allow', cacheControl: false }, (error?: SendError) => {
      if (!error || response.headersSent) return resolve();
      if (error.status !== 416) return reject(error);
      response
        .status(416)
        .set(error.headers ?? {})
        .end();
      resolve();
    });
  });
}
