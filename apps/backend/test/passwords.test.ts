import { afterAll, beforeAll, expect, it } from 'vitest';
import { Outdial, PASSWORD, type TestUser } from './support/outdial';

const NEW = 'something else entirely';

let outdial: Outdial;
let home: number;
beforeAll(async () => {
  outdial = await Outdial.start();
  home = await outdial.organization();
});
afterAll(() => outdial.close());

const signIn = ({ email }: TestUser, password: string, visitor = outdial.visitor()) =>
  visitor.post('/api/auth/sign-in').send({ email, password });
const change = ({ api }: Pick<TestUser, 'api'>, body: object) => api.put('/api/me/password').send(body);

it('changes the password, and signs out everywhere else', async () => {
  const user = await outdial.user(home, 'agent');
  const elsewhere = outdial.visitor();
  await signIn(user, PASSWORD, elsewhere).expect(200);
  await change(user, { currentPassword: PASSWORD, newPassword: NEW }).expect(200);
  await user.api.get('/api/me').expect(200);
  await elsewhere.get('/api/me').expect(401);
  await signIn(user, PASSWORD).expect(401);
  await signIn(user, NEW).expect(200);
  const [entry, ...more] = await outdial.db.auditEntry.findMany({ where: { subjectId: user.id } });
  expect(entry).toMatchObject({ action: 'user.password-changed', before: null, after: null });
  expect(more).toEqual([]);
});

it('wants the current one, a longer one, and another one', async () => {
  const user = await outdial.user(home, 'agent');
  for (const [body, code] of [
    [{ currentPassword: 'wrong', newPassword: NEW }, 'wrong-credentials'],
    [{ newPassword: NEW }, 'wrong-credentials'],
    [{ currentPassword: PASSWORD, newPassword: 'ninechars' }, 'validation'],
    [{ currentPassword: PASSWORD, newPassword: PASSWORD }, 'validation'],
  ] as const)
    expect((await change(user, body)).body.code).toBe(code);
  await signIn(user, PASSWORD).expect(200);
});

it('slows down who guesses the current one in a page that was left open', async () => {
  const user = await outdial.user(home, 'agent');
  for (let n = 0; n < 10; n++)
    await change(user, { currentPassword: `guess ${n}`, newPassword: NEW }).expect(401);
  await change(user, { currentPassword: PASSWORD, newPassword: NEW }).expect(429);
});

it('has a one-time password replaced by another, wherever the next request arrives', async () => {
  const user = await outdial.user(home, 'agent');
  const superadmin = await outdial.user(home, 'superadmin');
  const { body } = await superadmin.api.post(`/api/users/${user.id}/one-time-password`).expect(200);
  await signIn(user, body.password, user.api).expect(200);
  const elsewhere = outdial.visitor();
  await signIn(user, body.password, elsewhere).expect(200);
  await elsewhere.get('/api/calls').expect(403);
  expect((await change(user, { newPassword: body.password }).expect(400)).body.code).toBe('validation');
  // Another process changes it: nothing is told to this one.
  const { oneTimePasswordUntil } = await outdial.db.user.findUniqueOrThrow({ where: { id: user.id } });
  await outdial.db.user.update({ where: { id: user.id }, data: { oneTimePasswordUntil: null } });
  await elsewhere.get('/api/calls').expect(200);
  await outdial.db.user.update({ where: { id: user.id }, data: { oneTimePasswordUntil } });
  outdial.clock.advance(6_000);
  await change(user, { newPassword: NEW }).expect(200);
  await user.api.get('/api/calls').expect(200);
  await elsewhere.get('/api/me').expect(401);
  expect((await user.api.get('/api/me').expect(200)).body.mustChoosePassword).toBe(false);
});
