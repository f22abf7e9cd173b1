import type { z } from 'zod';
import type { Permission } from '../identity/permissions';
import type { ErrorCode } from './errors';

/** `public`: anyone. `signed-in`: any user with a live session. Otherwise the permission the user's role must hold. */
export type Access = 'public' | 'signed-in' | Permission;

/** A multipart upload: the name of the file's field, its bounds, and whether a request without it is refused. */
export interface FileField {
  readonly field: string;
  readonly maxBytes: number;
  readonly required: boolean;
}

/**
 * One HTTP endpoint, declared once. From it follow the route's validation and permission check, the typed
 * client, the OpenAPI document, and the test that walks every endpoint × role × organization.
 */
export interface Endpoint {
  /** Unique; the OpenAPI operationId. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Express path below `/api`, for example `/calls/:callId`. */
  readonly path: `/${string}`;
  readonly access: Access;
  /**
   * Also for who has signed in with a one-time password and has not chosen their own yet. Everything else that is not
   * public answers them `password-change-required`.
   */
  readonly withOneTimePassword?: true;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** The JSON body; for a multipart request the schema of its text fields. */
  readonly body?: z.ZodObject;
  readonly file?: FileField;
  /** The body is bytes (application/octet-stream) instead, at most so many. */
  readonly bytes?: { readonly maxBytes: number };
  /** Status of success. */
  readonly status: 200 | 201 | 202 | 204;
  /** JSON response schema. Absent for 204 and for files. */
  readonly response?: z.ZodType;
  /** Content type of a file response. */
  readonly produces?: string;
  /** Codes this endpoint adds to those every endpoint may answer with. */
  readonly errors: readonly ErrorCode[];
}

/** Keeps the literal types of a declaration; an endpoint without `access` does not compile. */
export function defineEndpoint<const E extends Endpoint>(endpoint: E): E {
  return endpoint;
}

type InputOf<S> = S extends z.ZodType ? z.input<S> : never;
type Part<E, K extends 'params' | 'query' | 'body'> = E extends { readonly [P in K]: infer S }
  ? undefined extends S
    ? unknown
    : { [P in K]: InputOf<S> }
  : unknown;

/** What a caller gives: params, query and body as declared, and a file or bytes where they are. */
export type RequestOf<E extends Endpoint> = Part<E, 'params'> &
  Part<E, 'query'> &
  Part<E, 'body'> &
  (E extends { readonly file: FileField } ? { file?: Blob; fileName?: string } : unknown) &
  (E extends { readonly bytes: object } ? { bytes: ArrayBuffer } : unknown);

/** What a caller gets back: the parsed response, or nothing for 204. */
export type ResponseOf<E extends Endpoint> = E extends { readonly response: infer R extends z.ZodType }
  ? z.output<R>
  : undefined;
