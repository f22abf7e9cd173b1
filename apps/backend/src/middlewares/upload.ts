import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileField } from '@outdial/contracts';
import type { Request, RequestHandler, Response } from 'express';
import multer from 'multer';
import type { UploadedFile } from '../adapters/uploaded-file';

/**
 * Receives one file into a temporary folder, within the bounds the endpoint declares; removed when answered.
 * @returns null when none was sent
 */
export function fileReceiver(file: FileField, folder: string) {
  return async (request: Request, response: Response): Promise<UploadedFile | null> => {
    // Named here: after an error multer forgets the path, and a disk that is full keeps what was written so far.
    const name = randomUUID();
    response.once('close', () => removeUpload(request, join(folder, name)));
    const receive: RequestHandler = multer({
      storage: multer.diskStorage({
        destination: folder,
        filename: (_request, _file, done) => done(null, name),
      }),
      limits: { fileSize: file.maxBytes, files: 1, fields: 4, fieldSize: 32 * 1024, parts: 6 },
      defParamCharset: 'utf8',
    }).single(file.field);
    await new Promise<void>((resolve, reject) => {
      receive(request, response, (error: unknown) => (error ? reject(error) : resolve()));
    });
    const { file: received } = request;
    return received
      ? { path: received.path, originalName: received.originalname, sizeBytes: received.size }
      : null;
  };
}

function removeUpload(request: Request, path: string): void {
  rm(path, { force: true }).catch((error: unknown) => request.log.warn({ err: error }, 'upload kept'));
}
