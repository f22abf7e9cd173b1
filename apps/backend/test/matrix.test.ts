import { type Endpoint, endpointList, ROLE_PERMISSIONS, ROLES, type Role } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openedSheet, report, stereoOpus, TEN_LEADS, upload } from './support/fixtures';
import { Outdial, PASSWORD, type TestUser } from './support/outdial';

/** The rows of the first organization that requests ask for. */
interface Rows {
  readonly sheetId: string;
  readonly leadId: string;
  readonly callId: string;
  readonly recordingId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly dialerSessionId: string;
}

interface Sample {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: Record<string, unknown>;
}

const now = () => new Date().toISOString();

/** A request to every endpoint that asks for the first organization's rows. A new endpoint fails here until it has one. */
const SAMPLES: Record<string, (rows: Rows) => Sample> = {
  'health.live': () => ({}),
  'health.show': () => ({}),
  'health.ready': () => ({}),
  'auth.signIn': () => ({ body: { email: 'nobody@outdial.test', password: 'wrong' } }),
  'auth.signOut': () => ({}),
  'auth.listSessions': () => ({}),
  'auth.revokeSession': ({ sessionId }) => ({ params: { sessionId } }),
  'auth.revokeOtherSessions': () => ({}),
  'me.show': () => ({}),
  'me.updateDialerSettings': () => ({ body: { wrapUpSeconds: 3 } }),
  'users.list': () => ({}),
  'users.showSipAccount': ({ userId }) => ({ params: { userId } }),
  'users.putSipAccount': ({ userId }) => ({
    params: { userId },
    body: { extension: '7777', sipUsername: 'matrix', sipPassword: 'matrix-password' },
  }),
  'softphone.credentials': () => ({}),
  'uploads.create': () => ({ body: { id: uuidv7() } }),
  'sheets.list': () => ({}),
  'sheets.show': ({ sheetId }) => ({ params: { sheetId } }),
  'sheets.import': ({ sheetId }) => ({
    params: { sheetId },
    body: { mapping: { headerLine: 1, phoneColumn: 1, nameColumns: [0] } },
  }),
  'sheets.issues': ({ sheetId }) => ({ params: { sheetId } }),
  'sheets.issuesCsv': ({ sheetId }) => ({ params: { sheetId } }),
  'sheets.file': ({ sheetId }) => ({ params: { sheetId } }),
  'queue.show': ({ sheetId }) => ({ params: { sheetId } }),
  'queue.open': ({ sheetId, dialerSessionId }) => ({ params: { sheetId }, body: { dialerSessionId } }),
  'queue.setState': ({ sheetId, dialerSessionId }) => ({
    params: { sheetId },
    body: { dialerSessionId, state: 'paused' },
  }),
  'queue.skip': ({ sheetId, leadId, dialerSessionId }) => ({
    params: { sheetId, leadId },
    body: { dialerSessionId },
  }),
  'queue.retry': ({ sheetId, leadId, dialerSessionId }) => ({
    params: { sheetId, leadId },
    body: { dialerSessionId, lastCallId: null },
  }),
  'calls.create': ({ leadId, dialerSessionId }) => ({
    body: { id: uuidv7(), destination: '+12025550100', leadId, dialerSessionId },
  }),
  'calls.progress': ({ callId }) => ({ params: { callId }, body: { phase: 'ringing' } }),
  'settings.show': () => ({}),
  'settings.update': () => ({ body: { 'dialer.wrap-up-seconds': 7 } }),
  'calls.list': () => ({}),
  'calls.summary': () => ({ query: { from: now(), to: now() } }),
  'calls.show': ({ callId }) => ({ params: { callId } }),
  'calls.agents': () => ({}),
  'cdr.upload': ({ callId }) => ({ body: { report: JSON.stringify(report(callId)) } }),
  'recordings.audio': ({ recordingId }) => ({ params: { recordingId } }),
};

let outdial: Outdial;
let owner: TestUser;
let rows: Rows;
const inside = new Map<Role, TestUser>();
const outside = new Map<Role, TestUser>();

beforeAll(async () => {
  outdial = await Outdial.start();
  const [home, away] = [await outdial.organization(), await outdial.organization()];
  owner = await outdial.user(home, 'agent');
  for (const role of ROLES) {
    inside.set(role, await outdial.user(home, role));
    outside.set(role, await outdial.user(away, role));
  }
  const { sheetId, dialerSessionId, queue } = await openedSheet(owner);
  const callId = uuidv7();
  const lead = queue.upcoming[0];
  await owner.api
    .post('/api/calls')
    .send({ id: callId, destination: lead.phone, leadId: lead.id, dialerSessionId });
  const { body } = await upload(owner, report(callId), await stereoOpus()).expect(200);
  const session = await outdial.db.session.findFirstOrThrow({ where: { userId: owner.id } });
  rows = {
    sheetId,
    leadId: lead.id,
    callId,
    recordingId: body.recordingId,
    userId: owner.id,
    sessionId: session.id,
    dialerSessionId,
  };
});
afterAll(() => outdial.close());

type Api = Pick<TestUser['api'], 'get' | 'post' | 'put' | 'patch' | 'delete'>;

function send(api: Api, endpoint: Endpoint) {
  const sample = SAMPLES[endpoint.id]?.(rows);
  if (!sample) throw new Error(`Add a sample request for ${endpoint.id}: who may call it must be tested.`);
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => sample.params?.[name] ?? '');
  const request = api[endpoint.method](`/api${path}`).query(sample.query ?? {});
  if (!endpoint.file) return request.send(endpoint.body ? sample.body : undefined);
  for (const [name, value] of Object.entries(sample.body ?? {})) request.field(name, String(value));
  if (endpoint.file.required) request.attach(endpoint.file.field, Buffer.from(TEN_LEADS), 'leads.csv');
  return request;
}

/** A session of its own for each request: some of them end sessions. */
async function signedIn(user: TestUser): Promise<Api> {
  const api = outdial.visitor();
  await api.post('/api/auth/sign-in').send({ email: user.email, password: PASSWORD }).expect(200);
  return api;
}

const may = (role: Role, { access }: Endpoint) =>
  access === 'public' || access === 'signed-in' || ROLE_PERMISSIONS[role].includes(access);

/** Ids that only their owner may use: other people of the same organization are answered 404, too. */
const OWN_ONLY = ['sheets.', 'queue.', 'auth.revokeSession', 'calls.create', 'calls.progress', 'cdr.upload'];
const seesOrganization = (role: Role) => ROLE_PERMISSIONS[role].includes('call:read-organization');
const namesRows = (endpoint: Endpoint) =>
  endpoint.params !== undefined || endpoint.id === 'calls.create' || endpoint.id === 'cdr.upload';
const isOwnOnly = (endpoint: Endpoint) => OWN_ONLY.some((prefix) => endpoint.id.startsWith(prefix));

describe.each(endpointList.map((endpoint) => [endpoint.id, endpoint] as const))('%s', (_id, endpoint) => {
  it('lets visitors in only where it is public', async () => {
    const { status, body } = await send(outdial.visitor(), endpoint);
    if (endpoint.access === 'public') expect([200, 401]).toContain(status);
    else expect([status, body.code]).toEqual([401, 'unauthenticated']);
    if (endpoint.access === 'public' && status === 401) expect(body.code).toBe('wrong-credentials');
  });

  it.each(ROLES)('lets a %s of the organization do what the role may', async (role) => {
    const { status, body } = await send(await signedIn(inside.get(role) as TestUser), endpoint);
    if (!may(role, endpoint)) return expect([status, body.code]).toEqual([403, 'forbidden']);
    const hidden = namesRows(endpoint) && (isOwnOnly(endpoint) || !seesOrganization(role));
    const phoneless = role !== 'agent' && body.code === 'no-agent-profile';
    if (phoneless) return expect(status).toBe(409);
    if (hidden) return expect([status, body.code]).toEqual([404, 'not-found']);
    return expect(status === endpoint.status || body.code === 'wrong-credentials').toBe(true);
  });

  it.each(ROLES)('answers a %s of another organization as if nothing of it existed', async (role) => {
    const { status, body } = await send(await signedIn(outside.get(role) as TestUser), endpoint);
    expect(JSON.stringify(body)).not.toContain(owner.email);
    expect(JSON.stringify(body)).not.toContain(owner.agentId);
    if (!may(role, endpoint)) return expect(status).toBe(403);
    if (!namesRows(endpoint)) return expect(status).toBeLessThan(500);
    if (body.code === 'no-agent-profile') return expect(status).toBe(409);
    return expect([status, body.code]).toEqual([404, 'not-found']);
  });
});

it('has a sample for every endpoint and none for what is gone', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(endpointList.map((endpoint) => endpoint.id).sort());
});
