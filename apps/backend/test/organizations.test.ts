import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OrganizationsService } from '../src/services/identity/organizations.service';
import { Outdial } from './support/outdial';

let outdial: Outdial;
beforeAll(async () => {
  outdial = await Outdial.start();
});
afterAll(() => outdial.close());

it('makes an organization whose superadmin can sign in at once, and no second one of the same name', async () => {
  const organizations = new OrganizationsService(outdial.db);
  const email = `Ann-${uuidv7()}@acme.test`;
  const name = `Ácme & Söhne ${uuidv7()}`;
  const { password } = await organizations.create({ name, superadmin: { name: 'Ann', email } });
  const { body } = await outdial.visitor().post('/api/auth/sign-in').send({ email, password }).expect(200);
  expect(body).toMatchObject({ user: { role: 'superadmin' }, organization: { name }, agent: null });
  await expect(
    organizations.create({ name, superadmin: { name: 'Ann', email: 'x@acme.test' } }),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
});
