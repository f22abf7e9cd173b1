import type { Endpoint, RequestOf, ResponseOf } from './endpoint';
import { type ErrorBody, type ErrorCode, errorBodySchema } from './errors';

/** An answer that was not a success, or no answer at all (`status` 0, code `unavailable`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
  }
}

export interface ClientOptions {
  /** Prefix of every path, for example `/api` or `http://127.0.0.1:4000/api`. */
  readonly baseUrl: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Let the request outlive the page (Fetch §keepalive). */
  readonly keepalive?: boolean;
}

interface LooseRequest {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  file?: Blob;
  fileName?: string;
  bytes?: ArrayBuffer;
}

/** Builds the path of an endpoint with its parameters and query filled in. */
export function pathOf<E extends Endpoint>(endpoint: E, request: RequestOf<E>): string {
  const { params = {}, query = {} } = request as LooseRequest;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  return search.size > 0 ? `${path}?${search}` : path;
}

function encodeBody(endpoint: Endpoint, request: LooseRequest): Pick<RequestInit, 'body' | 'headers'> {
  if (endpoint.file) {
    const form = new FormData();
    for (const [name, value] of Object.entries(request.body ?? {})) form.set(name, String(value));
    if (request.file) form.set(endpoint.file.field, request.file, request.fileName ?? 'file');
    return { body: form };
  }
  if (request.bytes) return { body: request.bytes, headers: { 'content-type': 'application/octet-stream' } };
  if (!endpoint.body) return {};
  return { body: JSON.stringify(request.body ?? {}), headers: { 'content-type': 'application/json' } };
}

async function errorOf(response: Response): Promise<ApiError> {
  const parsed = errorBodySchema.safeParse(await response.json().catch(() => null));
  const body: ErrorBody = parsed.success
    ? parsed.data
    : {
        success: false,
        code: response.status >= 500 ? 'unavailable' : 'internal',
        message: 'The server could not be reached. Try again in a moment.',
      };
  return new ApiError(response.status, body.code, body.message, body.details);
}

export type ApiClient = ReturnType<typeof createClient>;

/** A client that knows every endpoint: it fills in the path, sends, and parses what comes back. */
export function createClient({
  baseUrl,
  fetch = globalThis.fetch.bind(globalThis),
  headers = {},
}: ClientOptions) {
  async function exchange<E extends Endpoint>(
    endpoint: E,
    request: RequestOf<E>,
    options: CallOptions,
  ): Promise<Response> {
    const encoded = encodeBody(endpoint, request as LooseRequest);
    let response: Response;
    try {
      response = await fetch(`${baseUrl}${pathOf(endpoint, request)}`, {
        method: endpoint.method.toUpperCase(),
        credentials: 'same-origin',
        ...options,
        ...encoded,
        headers: { accept: 'application/json', ...headers, ...encoded.headers },
      });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiError(0, 'unavailable', 'The server could not be reached. Check your connection.');
    }
    if (!response.ok) throw await errorOf(response);
    return response;
  }

  async function call<E extends Endpoint>(
    endpoint: E,
    request: RequestOf<E>,
    options: CallOptions = {},
  ): Promise<ResponseOf<E>> {
    const response = await exchange(endpoint, request, options);
    const parsed: unknown = endpoint.response ? endpoint.response.parse(await response.json()) : undefined;
    return parsed as ResponseOf<E>;
  }

  /**
   * For who only wants to know that it was done: resolves at the answer's head, a few milliseconds sooner.
   * @returns the head
   */
  async function send<E extends Endpoint>(
    endpoint: E,
    request: RequestOf<E>,
    options: CallOptions = {},
  ): Promise<Headers> {
    const response = await exchange(endpoint, request, options);
    // Read to its end, though by nobody, so that the connection can be used again.
    void response.arrayBuffer().catch(() => undefined);
    return response.headers;
  }

  return Object.assign(call, { send });
}
