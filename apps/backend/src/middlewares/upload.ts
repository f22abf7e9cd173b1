import { rm } from 'node:fs/promises';
import type { FileField } from '@outdial/contracts';
import type { Request, RequestHandler } from 'express';
import multer from 'multer';
import type { UploadedFile } from '../services/leads/sheets.service';

/** Receives one file into the temporary folder, within the bounds the endpoint declares; removed when answered. */
export function receiveFile(file: FileField, temporaryFolder: string): RequestHandler {
  const receive = multer({
    dest: temporaryFolder,
    limits: { fileSize: file.maxBytes, files: 1, fields: 4, fieldSize: 32 * 1024, parts: 6 },
    defParamCharset: 'utf8',
  }).single(file.field);
  return (request, response, next) => {
    response.once('close', () => removeUpload(request));
    receive(request, response, next);
  };
}

/** After an error multer has removed the file itself, and forgotten its path. */
function removeUpload(request: Request): void {
  const path = request.file?.path;
  if (path)
    rm(path, { force: true }).catch((error: unknown) => request.log.warn({ err: error }, 'upload kept'));
}

export function uploadedFile(request: Request): UploadedFile | null {
  const { file } = request;
  return file ? { path: file.path, originalName: file.originalname, sizeBytes: file.size } : null;
}
