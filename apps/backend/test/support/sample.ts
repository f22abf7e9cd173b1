import { browserIdSchema, type Endpoint, idSchema } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';

const PARTS = ['params', 'query', 'body'] as const;

/** A field of a request by its way from the outside, like `body.report.callId`. */
export interface Place {
  readonly path: string;
  /** The last of its names. */
  readonly name: string;
  readonly isOptional: boolean;
  /** Whether an id goes there: one of a row, or one that the browser makes. */
  readonly isId: boolean;
}

export interface Sample {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What goes into a sample beyond what its schema tells. */
export interface Filling {
  /** A value for this place; undefined leaves it to the schema. */
  readonly value: (place: Place) => Promise<unknown>;
  /** Optional fields are left out unless they are asked for. */
  readonly wants: (place: Place) => boolean;
}

interface Def {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly in?: z.ZodType;
  readonly out?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def;
const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

/** The schema without `optional`, `nullable` and `default`. */
function bare(schema: z.ZodType): z.ZodType {
  const { innerType } = defOf(schema);
  return innerType ? bare(innerType) : schema;
}

/** The object that a field of JSON text holds, too. */
function objectIn(schema: z.ZodType): z.ZodObject | null {
  const inner = bare(schema);
  const { type, out } = defOf(inner);
  if (type === 'object') return inner as z.ZodObject;
  return type === 'pipe' && out ? objectIn(out) : null;
}

const placeOf = (path: string, name: string, schema: z.ZodType): Place => ({
  path: `${path}.${name}`,
  name,
  isOptional: accepts(schema, undefined),
  isId: ([idSchema, browserIdSchema] as z.ZodType[]).includes(bare(schema)),
});

function placesIn(schema: z.ZodObject, path: string): Place[] {
  return Object.entries(schema.shape).flatMap(([name, field]) => {
    const place = placeOf(path, name, field as z.ZodType);
    const object = objectIn(field as z.ZodType);
    return object ? [place, ...placesIn(object, place.path)] : [place];
  });
}

/** Every field of the endpoint's requests, nested ones too. */
export const placesOf = (endpoint: Endpoint): Place[] =>
  PARTS.flatMap((part) => (endpoint[part] ? placesIn(endpoint[part], part) : []));

let lastNumber = 70_000;

/** Strings that fields ask for; the first that the schema takes is the sample. New ones where they must be unique. */
const candidates = (): string[] => [
  `Sample${++lastNumber}`,
  `sample.long.enough.${++lastNumber}`,
  `${uuidv7()}@outdial.test`,
  '+12025550100',
  String(++lastNumber),
  new Date().toISOString(),
  'US',
  'UTC',
  uuidv7(),
  'answered',
  '1',
];

async function valueFor(schema: z.ZodType, path: string, filling: Filling): Promise<unknown> {
  const inner = bare(schema);
  const { type, out, options, entries, values, element } = defOf(inner);
  if (type === 'object') return objectOf(inner as z.ZodObject, path, filling);
  if (type === 'enum') return Object.values(entries ?? {})[0];
  if (type === 'literal') return values?.[0];
  if (type === 'boolean') return false;
  if (type === 'number') return Math.max(0, (inner as z.ZodNumber).minValue ?? 0);
  if (type === 'array')
    return accepts(inner, []) || !element ? [] : [await valueFor(element, `${path}.0`, filling)];
  if (type === 'record') return {};
  if (type === 'union' && options?.[0]) return valueFor(options[0], path, filling);
  const text = candidates().find((candidate) => accepts(inner, candidate));
  if (text !== undefined) return text;
  const object = out && objectIn(out);
  if (object) return JSON.stringify(await objectOf(object, path, filling));
  if (type === 'pipe' && out) return valueFor(out, path, filling);
  throw new Error(`Teach the sampler a value for ${path}, which is a ${type}.`);
}

async function objectOf(schema: z.ZodObject, path: string, filling: Filling) {
  const object: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape) as [string, z.ZodType][]) {
    const place = placeOf(path, name, field);
    const isWanted = filling.wants(place);
    if (place.isOptional && !isWanted) continue;
    const known = await filling.value(place);
    object[name] = known === undefined ? await valueFor(field, place.path, filling) : known;
  }
  return object;
}

/** A request that the endpoint's schemas take, made from them alone but for what the filling knows. */
export async function sampleOf(endpoint: Endpoint, filling: Filling): Promise<Sample> {
  const part = async (name: (typeof PARTS)[number]) =>
    endpoint[name] ? objectOf(endpoint[name], name, filling) : {};
  return { params: await part('params'), query: await part('query'), body: await part('body') };
}
