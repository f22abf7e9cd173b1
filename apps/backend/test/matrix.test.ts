import {
  type Access,
  type Endpoint,
  endpointList,
  ROLE_PERMISSIONS,
  ROLES,
  type Role,
} from '@outdial/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  foreignRequest,
  idPlaces,
  namesRows,
  optionalPlaces,
  ownRequest,
  send,
  Walked,
} from './support/matrix';
import { Outdial } from './support/outdial';
import { Person } from './support/person';
import { RowsOf } from './support/rows-of';

/*
 * Every endpoint × everybody who might ask. The requests are made from the endpoints' own schemas, so that a new
 * endpoint is walked without being told of; every answer is held against its declaration (`support/matrix.ts`).
 */

let outdial: Outdial;
let owner: Person;
let ownersRows: RowsOf;
const inside = new Map<Role, Person>();
const outside = new Map<Role, Person>();
const walked = new Walked();

beforeAll(async () => {
  outdial = await Outdial.start();
  const [home, away] = [await outdial.organization(), await outdial.organization()];
  owner = await Person.create(outdial, home, 'agent');
  for (const role of ROLES) {
    inside.set(role, await Person.create(outdial, home, role));
    outside.set(role, await Person.create(outdial, away, role));
  }
  ownersRows = new RowsOf(outdial, home);
}, 120_000);
afterAll(() => outdial.close());

const may = (role: Role, access: Access) =>
  access === 'public' || access === 'signed-in' || ROLE_PERMISSIONS[role].includes(access);

/** Permissions for what is one's own; other people's rows are answered as if there were none. */
const OWN: readonly Access[] = ['signed-in', 'phone:use', 'call:place', 'sheet:work'];

/** Whether a role that may ask is shown the rows of a colleague. */
const sees = (role: Role, access: Access) =>
  access === 'call:read-own' ? may(role, 'call:read-organization') : !OWN.includes(access);

const walk = describe.each(endpointList.map((endpoint) => [endpoint.id, endpoint] as const));

walk('%s', (_id, endpoint) => {
  it('lets visitors in only where it is public', async () => {
    const { status, body } = await send(outdial.visitor(), endpoint, await ownRequest(endpoint, owner));
    if (endpoint.access === 'public') expect(status).toBe(endpoint.status);
    else expect([status, body.code]).toEqual([401, 'unauthenticated']);
  });

  it.each(ROLES)('serves a %s with their own', async (role) => {
    const person = inside.get(role) as Person;
    if (!may(role, endpoint.access)) return;
    const { status, body } = await send(
      await person.signedIn(),
      endpoint,
      await ownRequest(endpoint, person),
    );
    expect([status, body.code]).toEqual([endpoint.status, undefined]);
    walked.note(endpoint);
  });

  it.each(ROLES)('lets a %s do what the role may with what is a colleague’s', async (role) => {
    const api = await (inside.get(role) as Person).signedIn();
    const { status, body } = await send(api, endpoint, await ownRequest(endpoint, owner));
    if (!may(role, endpoint.access)) return expect([status, body.code]).toEqual([403, 'forbidden']);
    if (namesRows(endpoint) && !sees(role, endpoint.access))
      return expect([status, body.code]).toEqual([404, 'not-found']);
    return expect(status).toBe(endpoint.status);
  });

  it.each(ROLES)('hides one organization from a %s of another, wherever an id of it is put', async (role) => {
    const person = outside.get(role) as Person;
    if (!may(role, endpoint.access)) return;
    for (const place of idPlaces(endpoint)) {
      const { request, id } = await foreignRequest(endpoint, person, owner, place);
      const before = await ownersRows.digest();
      const { status, body } = await send(await person.signedIn(), endpoint, request);
      expect(await ownersRows.digest(), place.path).toEqual(before);
      if (place.path.startsWith('params.'))
        expect([status, body.code], place.path).toEqual([404, 'not-found']);
      if (status < 400) expect(await ownersRows.namedIn(body, id), place.path).toEqual([]);
      else expect([404, 409], place.path).toContain(status);
    }
  });

  it('takes each field that may be left out', async () => {
    const person = outside.get('superadmin') as Person;
    if (!may('superadmin', endpoint.access)) return;
    for (const place of optionalPlaces(endpoint)) {
      const request = await ownRequest(endpoint, person, [place]);
      await send(await person.signedIn(), endpoint, request, true);
    }
  });
});

it('tells people without a phone so, wherever one is needed', async () => {
  const phoneless = await outdial.user(owner.user.organizationId, 'superadmin');
  const needing = endpointList.filter(({ access }: Endpoint) => ['phone:use', 'call:place'].includes(access));
  for (const endpoint of needing) {
    const { status, body } = await send(phoneless.api, endpoint, await ownRequest(endpoint, owner));
    expect([endpoint.id, status, body.code]).toEqual([endpoint.id, 409, 'no-agent-profile']);
  }
});

it('has seen every endpoint succeed', () => {
  expect(walked.missing).toEqual([]);
});
