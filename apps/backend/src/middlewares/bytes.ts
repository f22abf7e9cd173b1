import express, { type Request, type Response } from 'express';
import { AppError } from '../errors/app-error';

const TYPE = 'application/octet-stream';

/** Receives a body of bytes, within its bound. */
export function bytesReceiver(maxBytes: number) {
  const receive = express.raw({ type: TYPE, limit: maxBytes });
  return async (request: Request, response: Response): Promise<Buffer> => {
    await new Promise<void>((resolve, reject) => {
      receive(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
    });
    if (!Buffer.isBuffer(request.body) || request.body.length === 0)
      throw new AppError('validation', `Send the bytes as ${TYPE}.`);
    return request.body;
  };
}
