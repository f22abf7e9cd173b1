import { rm } from 'node:fs/promises';
import type { FileField } from '@outdial/contracts';
import type { Request, RequestHandler, Response } from 'express';
import multer from 'multer';
import type { UploadedFile } from '../adapters/uploaded-file';

/**
 * Receives one file into a temporary folder, within the bounds the endpoint declares; removed when answered.
 * @returns null when none was sent
 */
export function fileReceiver(file: FileField, folder: string) {
  const receive: RequestHandler = multer({
    dest: folder,
    limits: { fileSize: file.maxBytes, files: 1, fields: 4, fieldSize: 32 * 1024, parts: 6 },
    defParamCharset: 'utf8',
  }).single(file.field);
  return async (request: Request, response: Response): Promise<UploadedFile | null> => {
    response.once('close', () => removeUpload(request));
    await new Promise<void>((resolve, reject) => {
      receive(request, response, (error: unknown) => (error ? reject(error) : resolve()));
    });
    const { file: received } = request;
    return received
      ? { path: received.path, originalName: received.originalname, sizeBytes: received.size }
      : null;
  };
}

/** After an error multer has removed the file itself, and forgotten its path. */
function removeUpload(request: Request): void {
  const path = request.file?.path;
  if (path)
    rm(path, { force: true }).catch((error: unknown) => request.log.warn({ err: error }, 'upload kept'));
}
