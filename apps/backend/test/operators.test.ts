import { ROLE_PERMISSIONS } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OrganizationsService } from '../src/services/identity/organizations.service';
import { Outdial } from './support/outdial';

let outdial: Outdial;
beforeAll(async () => {
  outdial = await Outdial.start();
});
afterAll(() => outdial.close());

async function operator() {
  const email = `${uuidv7()}@operators.test`;
  const { password } = await new OrganizationsService(outdial.db).createOperator({ name: 'Kim', email });
  const api = outdial.visitor();
  const { body } = await api.post('/api/auth/sign-in').send({ email, password }).expect(200);
  expect(body).toMatchObject({ user: { role: 'operator' }, permissions: ['job:read'], agent: null });
  return api;
}

it('shows the queue to operators, and to nobody else that it is there', async () => {
  const api = await operator();
  const page = await api.get('/api/jobs/').expect(200);
  expect(page.text).toContain('<html');
  const { body } = await api.get('/api/jobs/api/queues').expect(200);
  expect(body.queues.map(({ name }: { name: string }) => name).sort()).toEqual(['schedules', 'work']);
  await outdial.visitor().get('/api/jobs/').expect(404);
  const organization = await outdial.organization();
  for (const role of ['agent', 'manager', 'superadmin'] as const) {
    const person = await outdial.user(organization, role);
    await person.api.get('/api/jobs/').expect(404);
    await person.api.get('/api/jobs/api/queues').expect(404);
  }
});

it('lets operators change nothing in the queue', async () => {
  const api = await operator();
  const { status } = await api.put('/api/jobs/api/queues/work/pause');
  expect([403, 404, 405]).toContain(status);
});

it('shows operators no organization’s calls or people', async () => {
  const api = await operator();
  for (const path of ['/api/calls', '/api/users', '/api/sheets', '/api/settings'])
    expect((await api.get(path).expect(403)).body.code).toBe('forbidden');
});

it('does not grant again what an organization has revoked', async () => {
  const organizationId = await outdial.organization();
  const agent = await outdial.user(organizationId, 'agent');
  await agent.api.get('/api/sheets').expect(200);
  const where = { organizationId, roleKey: 'agent', permissionKey: 'sheet:work' };
  await outdial.db.rolePermission.deleteMany({ where });
  outdial.core.bus.publish({ kind: 'access-changed', organizationId });
  await agent.api.get('/api/sheets').expect(403);
  await outdial.syncAccess();
  expect(await outdial.db.rolePermission.count({ where })).toBe(0);
  // Another organization's agents keep theirs.
  const other = await outdial.user(await outdial.organization(), 'agent');
  await other.api.get('/api/sheets').expect(200);
});

it('grants a permission that is new to the product to every organization, once', async () => {
  const organizationId = await outdial.organization();
  const permissionKey = ROLE_PERMISSIONS.manager[0] as string;
  // As a database of a version that did not know it.
  await outdial.db.permission.delete({ where: { key: permissionKey } });
  const granted = () => outdial.db.rolePermission.count({ where: { organizationId, permissionKey } });
  expect(await granted()).toBe(0);
  await outdial.syncAccess();
  expect(await granted()).toBe(3);
});
