import { type Endpoint, type ErrorCode, endpointList, errorBodySchema, errorsOf } from '@outdial/contracts';
import type { Response } from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { expect } from 'vitest';
import { sha256 } from '../../src/adapters/sha256';
import { TEN_LEADS } from './fixtures';
import { PASSWORD } from './outdial';
import type { Api, Person } from './person';
import { type Filling, type Place, placesOf, type Sample, sampleOf } from './sample';

type Rows = (person: Person) => unknown;

/** The row of a person's that a field names. */
const ROWS: Readonly<Record<string, Rows>> = {
  agentId: ({ user }) => user.agentId,
  callId: (person) => person.call(),
  leadId: (person) => person.lead().id,
  recordingId: ({ recordingId }) => recordingId,
  sessionId: (person) => person.session(),
  sheetId: ({ sheetId }) => sheetId,
  without: ({ sheetId }) => sheetId,
  teamId: (person) => person.team(),
  userId: (person) => person.workmate(),
};

/** Ids that browsers make: what their owner sends, and what somebody else sends to get at the owner's rows. */
const BROWSER_IDS: Readonly<Record<string, { own: Rows; foreign: Rows }>> = {
  'calls.create:id': { own: () => uuidv7(), foreign: (person) => person.call() },
  'users.create:id': { own: () => uuidv7(), foreign: ({ user }) => user.id },
  'uploads.create:id': { own: () => uuidv7(), foreign: ({ sheetId }) => sheetId },
  dialerSessionId: { own: (person) => person.dialingPage(), foreign: (person) => person.dialerSessionId },
  lastCallId: { own: () => null, foreign: (person) => person.call() },
  retryOf: { own: (person) => person.call(), foreign: (person) => person.call() },
};

/** What no schema tells: rows that must be in a certain state, credentials, a range that holds something. */
const STATES: Readonly<Record<string, (person: Person) => Readonly<Record<string, unknown>>>> = {
  'auth.signIn': ({ user }) => ({ email: user.email, password: PASSWORD }),
  'calls.create': (person) => {
    const { id, phone } = person.lead();
    return { leadId: id, destination: phone };
  },
  'calls.summary': () => ({ from: daysFromNow(-1), to: daysFromNow(1) }),
  'me.changePassword': (person) => ({ currentPassword: person.password(), newPassword: 'another-password' }),
  'users.create': () => ({ email: `${uuidv7()}@matrix.test` }),
  'recordingChunks.put': () => ({ sha256: sha256(BYTES).toString('hex') }),
  'recordingChunks.complete': () => ({
    parts: [{ startedAt: new Date().toISOString(), chunks: 1, root: sha256(sha256(BYTES)).toString('hex') }],
  }),
  'queue.retry': (person) => ({ leadId: person.skippedLead() }),
};

/** What is uploaded in a field. */
const FILES: Readonly<Record<string, string>> = { file: TEN_LEADS, recording: 'OggS, and no more than that' };

/** What is sent as bytes. */
const BYTES = Buffer.from('a second of sound');

/** What every endpoint may answer with, beside what it declares. */
const OF_ALL: readonly ErrorCode[] = ['internal', 'unavailable'];

const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

const browserId = ({ id }: Endpoint, { name }: Place) => BROWSER_IDS[`${id}:${name}`] ?? BROWSER_IDS[name];

/** @throws Error for an id the matrix has not heard of: whose row it is must be tested */
function rowNamed(endpoint: Endpoint, place: Place, whose: 'own' | 'foreign'): Rows {
  const rows = ROWS[place.name] ?? browserId(endpoint, place)?.[whose];
  if (!rows) throw new Error(`Tell the matrix which row ${place.path} of ${endpoint.id} names.`);
  return rows;
}

/** The ids of an endpoint's requests. */
export const idPlaces = (endpoint: Endpoint) => placesOf(endpoint).filter(({ isId }) => isId);

/** Whether a request can be about nobody's rows but those it names. */
export const namesRows = (endpoint: Endpoint) =>
  idPlaces(endpoint).some((place) => !place.isOptional && ROWS[place.name] !== undefined) ||
  endpoint.id === 'calls.create';

/** What is left out of the least request, each for a request of its own. A cursor comes from an answer. */
export const optionalPlaces = (endpoint: Endpoint) =>
  placesOf(endpoint).filter(({ isOptional, name }) => isOptional && name !== 'cursor');

/** A request for `person`'s own rows, with these optional fields. */
function own(endpoint: Endpoint, person: Person, wanted: readonly Place[] = []): Filling {
  const states = STATES[endpoint.id]?.(person) ?? {};
  const isWanted = ({ path }: Place) => wanted.some((place) => place.path.startsWith(path));
  const isOfState = ({ name }: Place) => name in states || ('leadId' in states && name === 'dialerSessionId');
  return {
    wants: (place) => isWanted(place) || isOfState(place),
    value: async (place) => {
      if (place.name in states) return states[place.name];
      return place.isId ? rowNamed(endpoint, place, 'own')(person) : undefined;
    },
  };
}

export const ownRequest = (endpoint: Endpoint, person: Person, wanted: readonly Place[] = []) =>
  sampleOf(endpoint, own(endpoint, person, wanted));

/** The request of `person` with an id of `owner`'s in one place. */
export async function foreignRequest(endpoint: Endpoint, person: Person, owner: Person, at: Place) {
  const filling = own(endpoint, person, [at]);
  const id = await rowNamed(endpoint, at, 'foreign')(owner);
  const request = await sampleOf(endpoint, {
    ...filling,
    value: async (place) => (place.path === at.path ? id : filling.value(place)),
  });
  return { request, id: String(id) };
}

const texts = (fields: Sample['query']) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

/** Sends it, and judges what any answer must be: one that the endpoint declares, in every word. */
export async function send(
  api: Api,
  endpoint: Endpoint,
  sample: Sample,
  withFile = false,
): Promise<Response> {
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(sample.params[name])),
  );
  const request = api[endpoint.method](`/api${path}`).query(texts(sample.query));
  if (endpoint.file) {
    for (const [name, value] of Object.entries(texts(sample.body))) request.field(name, value);
    const { field, required } = endpoint.file;
    const file = FILES[field];
    if (!file) throw new Error(`Tell the matrix what is uploaded as ${field}.`);
    if (required || withFile) request.attach(field, Buffer.from(file), 'file');
  } else if (endpoint.bytes) request.type('application/octet-stream').send(BYTES);
  else if (endpoint.body) request.send(sample.body);
  const answer = await request;
  judge(endpoint, answer);
  return answer;
}

function judge(endpoint: Endpoint, { status, body, headers }: Response): void {
  const said = `${endpoint.id}: ${status} ${JSON.stringify(body)}`;
  expect(status, said).toBeLessThan(500);
  if (status >= 400) {
    const { code } = errorBodySchema.parse(body);
    expect([...errorsOf(endpoint), ...OF_ALL], said).toContain(code);
  } else {
    expect(status, said).toBe(endpoint.status);
    if (endpoint.produces) expect(headers['content-type'], said).toContain(endpoint.produces);
    // Parsing leaves out what is not declared: an answer says no more than its schema.
    else expect(body, said).toEqual(endpoint.response?.parse(body) ?? {});
  }
}

/** Endpoints that somebody has been seen to succeed with. */
export class Walked {
  readonly #ids = new Set<string>();

  note({ id }: Endpoint): void {
    this.#ids.add(id);
  }

  get missing(): string[] {
    return endpointList.map(({ id }) => id).filter((id) => !this.#ids.has(id));
  }
}
