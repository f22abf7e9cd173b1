import type { Endpoint, ResponseOf } from '@outdial/contracts';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { UploadedFile } from '../adapters/uploaded-file';
import type { Actor } from '../work/actor';

type OutputOf<S> = S extends z.ZodType ? z.output<S> : Record<never, never>;
type PartOf<E, K extends string> = E extends { readonly [P in K]: infer S }
  ? OutputOf<S>
  : Record<never, never>;

/** What a controller gets: who asks, and the request's parts as the endpoint declares them. */
export interface Input<E extends Endpoint> {
  /** Nobody where the endpoint is public. */
  readonly actor: E['access'] extends 'public' ? null : Actor;
  readonly params: PartOf<E, 'params'>;
  readonly query: PartOf<E, 'query'>;
  readonly body: PartOf<E, 'body'>;
  readonly file: E extends { readonly file: { readonly required: true } }
    ? UploadedFile
    : UploadedFile | null;
  readonly bytes: E extends { readonly bytes: object } ? Buffer : null;
  readonly request: Request;
  readonly response: Response;
}

/** Answers with the resource, or with nothing where there is none or the controller sends a file itself. */
export type Handler<E extends Endpoint> = (
  input: Input<E>,
) => Promise<E extends { readonly produces: string } | { readonly status: 204 } ? void : ResponseOf<E>>;
