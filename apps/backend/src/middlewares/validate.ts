import type { Endpoint } from '@outdial/contracts';
import type { Request } from 'express';
import type { z } from 'zod';
import { AppError } from '../errors/app-error';

/** The parts of a request, parsed by the endpoint's schemas. */
export interface ParsedRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

function parsePart(place: string, schema: z.ZodObject | undefined, value: unknown): unknown {
  if (!schema) return {};
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({
    field: [place, ...issue.path].join('.'),
    message: issue.message,
  }));
  throw new AppError('validation', issues[0]?.message ?? 'The request is not valid.', { issues });
}

/** @throws AppError `validation`, with the field of each problem */
export function validate(endpoint: Endpoint, request: Request): ParsedRequest {
  return {
    params: parsePart('params', endpoint.params, request.params),
    query: parsePart('query', endpoint.query, request.query),
    body: parsePart('body', endpoint.body, request.body),
  };
}
