import { z } from 'zod';
import type { Endpoint } from './endpoint';
import { endpointList } from './endpoints';
import { ERRORS, type ErrorCode, errorBodySchema } from './errors';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, target: 'openapi-3.0', unrepresentable: 'any' });
  return rest;
};

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return [];
  const json = schemaOf(schema, 'input');
  const required = new Set((json.required as string[] | undefined) ?? []);
  return Object.entries((json.properties as Record<string, Json> | undefined) ?? {}).map(
    ([name, property]) => ({
      name,
      in: place,
      required: place === 'path' || required.has(name),
      schema: property,
    }),
  );
}

function requestBody(endpoint: Endpoint): Json | undefined {
  if (endpoint.bytes) {
    const schema = { type: 'string', format: 'binary', maxLength: endpoint.bytes.maxBytes };
    return { required: true, content: { 'application/octet-stream': { schema } } };
  }
  if (!endpoint.body && !endpoint.file) return undefined;
  const schema = endpoint.body ? schemaOf(endpoint.body, 'input') : { type: 'object', properties: {} };
  if (!endpoint.file) return { required: true, content: { 'application/json': { schema } } };
  const { field, required } = endpoint.file;
  const properties = { ...(schema.properties as Json), [field]: { type: 'string', format: 'binary' } };
  const names = [...((schema.required as string[] | undefined) ?? []), ...(required ? [field] : [])];
  return {
    required: true,
    content: { 'multipart/form-data': { schema: { ...schema, properties, required: names } } },
  };
}

function success(endpoint: Endpoint): Json {
  if (endpoint.produces)
    return {
      description: 'The file',
      content: { [endpoint.produces]: { schema: { type: 'string', format: 'binary' } } },
    };
  if (!endpoint.response) return { description: 'Done' };
  return {
    description: 'OK',
    content: { 'application/json': { schema: schemaOf(endpoint.response, 'output') } },
  };
}

/** Codes an endpoint may answer with: its own and those its declaration implies. */
export function errorsOf(endpoint: Endpoint): ErrorCode[] {
  const codes = new Set<ErrorCode>(endpoint.errors);
  if (endpoint.access !== 'public') codes.add('unauthenticated');
  if (endpoint.access !== 'public' && !endpoint.withOneTimePassword) codes.add('password-change-required');
  if (endpoint.access !== 'public' && endpoint.access !== 'signed-in') codes.add('forbidden');
  if (endpoint.method !== 'get') codes.add('cross-site-request');
  if (endpoint.file || endpoint.bytes) codes.add('rate-limited');
  if (endpoint.params || endpoint.query || endpoint.body) codes.add('validation');
  return [...codes];
}

function responses(endpoint: Endpoint): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(endpoint)) {
    const status = ERRORS[code].status;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const errors = [...byStatus].map(([status, codes]) => [
    status,
    {
      description: codes.join(', '),
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    },
  ]);
  return { [endpoint.status]: success(endpoint), ...Object.fromEntries(errors) };
}

/** The OpenAPI 3.0 document of the whole API, made from the declarations alone. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of endpointList) {
    const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
    const body = requestBody(endpoint);
    paths[path] ??= {};
    paths[path][endpoint.method] = {
      operationId: endpoint.id,
      tags: [endpoint.id.split('.')[0]],
      summary: endpoint.summary,
      description: `Access: \`${endpoint.access}\``,
      security: endpoint.access === 'public' ? [] : [{ session: [] }],
      parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')],
      ...(body && { requestBody: body }),
      responses: responses(endpoint),
    };
  }
  return {
    openapi: '3.0.3',
    info: {
      title: 'Outdial API',
      version,
      description: 'Every path is also served below `/api/v1`. Sign in with `POST /api/auth/sign-in` first.',
    },
    paths,
    components: {
      schemas: { Error: schemaOf(errorBodySchema, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'outdial.session_token' } },
    },
  };
}
