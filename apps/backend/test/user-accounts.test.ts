import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { publicId } from '../src/db/public-ids';
import { Outdial, PASSWORD, type TestUser } from './support/outdial';

const DAY_MS = 24 * 3_600_000;
const ONE_TIME = /^([2-9a-km-np-z]{4}-){3}[2-9a-km-np-z]{4}$/;

let outdial: Outdial;
let home: number;
let superadmin: TestUser;
beforeAll(async () => {
  outdial = await Outdial.start();
  home = await outdial.organization('Acme');
  superadmin = await outdial.user(home, 'superadmin', 'Ann Lee');
});
afterAll(() => outdial.close());

const person = (more: object = {}) => ({
  id: uuidv7(),
  name: 'Grace Hopper',
  email: `${uuidv7()}@acme.test`,
  role: 'agent',
  ...more,
});
const create = (body: object, by = superadmin) => by.api.post('/api/users').send(body);
const disable = ({ id }: Pick<TestUser, 'id'>, by = superadmin) => by.api.post(`/api/users/${id}/disable`);
const enable = ({ id }: Pick<TestUser, 'id'>, by = superadmin) => by.api.post(`/api/users/${id}/enable`);
const reset = ({ id }: Pick<TestUser, 'id'>, by = superadmin) =>
  by.api.post(`/api/users/${id}/one-time-password`);
const signIn = (email: string, password: string, visitor = outdial.visitor()) =>
  visitor.post('/api/auth/sign-in').send({ email, password });
const actions = async (subjectId: string) =>
  (await outdial.db.auditEntry.findMany({ where: { subjectId }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  );

it('adds an agent who chooses a password and can dial at once', async () => {
  const email = `Grace-${uuidv7()}@Acme.test`;
  const answer = await create(person({ email })).expect(201);
  expect(answer.headers['cache-control']).toBe('no-store');
  const { user, oneTimePassword } = answer.body;
  expect(oneTimePassword.password).toMatch(ONE_TIME);
  expect(user).toMatchObject({
    name: 'Grace Hopper',
    email: email.toLowerCase(),
    role: 'agent',
    extension: '1001',
    disabledAt: null,
    oneTimePasswordUntil: oneTimePassword.expiresAt,
  });
  const visitor = outdial.visitor();
  const { body: me } = await signIn(email, oneTimePassword.password, visitor).expect(200);
  expect(me).toMatchObject({ mustChoosePassword: true, agent: { extension: '1001' } });
  expect((await visitor.get('/api/softphone/credentials').expect(403)).body.code).toBe(
    'password-change-required',
  );
  await visitor.put('/api/me/password').send({ newPassword: 'a password of mine' }).expect(200);
  const { body: phone } = await visitor.get('/api/softphone/credentials').expect(200);
  expect(phone.sipUsername).toContain(user.id);
  const call = { id: uuidv7(), destination: '+12025550100' };
  await visitor.post('/api/calls').send(call).expect(201);
  await signIn(email, oneTimePassword.password).expect(401);
});

it('gives each agent an extension of their own, also when many are added at once', async () => {
  const organization = await outdial.organization();
  const admin = await outdial.user(organization, 'superadmin');
  const answers = await Promise.all(Array.from({ length: 4 }, () => create(person(), admin)));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  const extensions = answers.map(({ body }) => body.user.extension).sort();
  expect(extensions).toEqual(['1001', '1002', '1003', '1004']);
});

it('puts agents into a team, lets managers look after one, and knows no team of others', async () => {
  const { id } = await outdial.db.team.create({ data: { organizationId: home, name: 'North' } });
  const { body } = await superadmin.api.get('/api/teams').expect(200);
  expect(body.items).toEqual([{ id: publicId('team', id), name: 'North' }]);
  const teamId = body.items[0].id;
  const { body: agent } = await create(person({ teamId })).expect(201);
  expect(agent.user.team).toBe('North');
  const { body: manager } = await create(person({ role: 'manager', teamId })).expect(201);
  expect(manager.user.extension).toBeNull();
  expect(await outdial.db.teamManager.count({ where: { teamId: id, userId: manager.user.id } })).toBe(1);

  const away = await outdial.organization();
  const stranger = await outdial.user(away, 'superadmin');
  const lost = person({ teamId });
  expect((await create(lost, stranger).expect(404)).body.message).toContain('team');
  expect(await outdial.db.user.count({ where: { id: lost.id } })).toBe(0);
});

it('adds nobody twice: sent again, the person gets another password, the first is void', async () => {
  const twice = person();
  const [first, second] = await Promise.all([create(twice), create(twice)]);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(await outdial.db.user.count({ where: { email: twice.email } })).toBe(1);
  const passwords = [first, second].map(({ body }) => body.oneTimePassword.password as string);
  const statuses = await Promise.all(
    passwords.map(async (password) => (await signIn(twice.email, password)).status),
  );
  expect(statuses.sort()).toEqual([200, 401]);
  // Who has been here keeps the password.
  expect((await create(twice).expect(409)).body.code).toBe('conflict');
});

it('names a colleague who has the email, and nobody of another organization', async () => {
  const taken = person();
  await create(taken).expect(201);
  const { body: known } = await create(person({ email: taken.email.toUpperCase() })).expect(409);
  expect(known).toMatchObject({ code: 'email-taken', message: 'Grace Hopper has this email. Give another.' });
  const stranger = await outdial.user(await outdial.organization(), 'superadmin');
  const { body: unknown } = await create(person({ email: taken.email }), stranger).expect(409);
  expect(unknown).toMatchObject({ code: 'email-taken', message: 'This email is taken. Give another.' });
  // Nor does an id from elsewhere tell anything, or change anybody.
  expect((await create({ ...taken, email: 'new@acme.test' }, stranger).expect(409)).body.code).toBe(
    'conflict',
  );
});

it('signs a disabled person out at once, tells only who knows the password, and lets them in again', async () => {
  const agent = await outdial.user(home, 'agent');
  await agent.api.get('/api/softphone/credentials').expect(200);
  const { body } = await disable(agent).expect(200);
  expect(body.disabledAt).not.toBeNull();
  await agent.api.get('/api/softphone/credentials').expect(401);
  const refused = await signIn(agent.email, PASSWORD).expect(403);
  expect(refused.body).toMatchObject({ code: 'account-disabled' });
  expect(refused.headers['set-cookie']).toBeUndefined();
  expect((await signIn(agent.email, 'wrong').expect(401)).body.code).toBe('wrong-credentials');
  expect(await outdial.db.session.count({ where: { userId: agent.id } })).toBe(0);
  const { body: list } = await superadmin.api.get('/api/users?limit=100').expect(200);
  expect(list.items.find(({ id }: TestUser) => id === agent.id).disabledAt).toBe(body.disabledAt);

  // Doing it again changes nothing.
  expect((await disable(agent).expect(200)).body.disabledAt).toBe(body.disabledAt);
  await enable(agent).expect(200);
  await signIn(agent.email, PASSWORD).expect(200);
  expect(await actions(agent.id)).toEqual(['user.disabled', 'user.enabled']);
});

it('looks at the person, should the session of a disabled one be left', async () => {
  const agent = await outdial.user(home, 'agent');
  await outdial.db.user.update({ where: { id: agent.id }, data: { disabledAt: new Date() } });
  outdial.clock.advance(6_000);
  await agent.api.get('/api/me').expect(401);
});

it('lets nobody disable or reset themselves, nor the last superadmin', async () => {
  const organization = await outdial.organization();
  const [ann, bob] = [
    await outdial.user(organization, 'superadmin'),
    await outdial.user(organization, 'superadmin'),
  ];
  expect((await disable(ann, ann).expect(409)).body.code).toBe('own-account');
  expect((await reset(ann, ann).expect(409)).body.code).toBe('own-account');
  const answers = await Promise.all([disable(bob, ann), disable(ann, bob)]);
  const left = await outdial.db.user.count({ where: { organizationId: organization, disabledAt: null } });
  expect(left).toBe(1);
  // The slower of the two was signed out before, or refused.
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const last = await outdial.db.user.findFirstOrThrow({
    where: { organizationId: organization, disabledAt: null },
  });
  const system = { kind: 'system', name: 'test', organizationId: organization } as const;
  await expect(outdial.core.services.userAccounts.disable(system, last.id)).rejects.toMatchObject({
    code: 'last-superadmin',
  });
});

it('gives managers who may manage people no power over superadmins', async () => {
  const organization = await outdial.organization();
  const where = { organizationId: organization, roleKey: 'manager', permissionKey: 'user:manage' };
  await outdial.db.rolePermission.create({ data: where });
  const manager = await outdial.user(organization, 'manager');
  const admin = await outdial.user(organization, 'superadmin');
  await create(person(), manager).expect(201);
  await create(person({ role: 'superadmin' }), manager).expect(403);
  await disable(admin, manager).expect(403);
  await reset(admin, manager).expect(403);
  await admin.api.get('/api/me').expect(200);
});

it('takes a reset password for a week, ends the sessions, and leaves no old one', async () => {
  const agent = await outdial.user(home, 'agent');
  const answer = await reset(agent).expect(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  const { password, expiresAt } = answer.body;
  expect(Date.parse(expiresAt) - outdial.clock.now().getTime()).toBe(7 * DAY_MS);
  await agent.api.get('/api/me').expect(401);
  await signIn(agent.email, PASSWORD).expect(401);
  // As a week later; the sessions of the test would be over then.
  const due = { oneTimePasswordUntil: outdial.clock.now() };
  await outdial.db.user.update({ where: { id: agent.id }, data: due });
  const late = await signIn(agent.email, password).expect(403);
  expect(late.body.code).toBe('password-expired');
  expect(late.headers['set-cookie']).toBeUndefined();
  expect((await signIn(agent.email, PASSWORD).expect(401)).body.code).toBe('wrong-credentials');
  const { body: anew } = await reset(agent).expect(200);
  await signIn(agent.email, anew.password).expect(200);
});

it('writes down who did what and tells open pages, but no password', async () => {
  const { body } = await create(person()).expect(201);
  const { user, oneTimePassword } = body;
  const { body: second } = await reset(user).expect(200);
  await disable(user).expect(200);
  expect(await actions(user.id)).toEqual(['user.created', 'user.password-reset', 'user.disabled']);
  const entries = await outdial.db.auditEntry.findMany({ where: { subjectId: user.id } });
  for (const { actorId, before, after } of entries) {
    expect(actorId).toBe(superadmin.id);
    for (const secret of [oneTimePassword.password, second.password, '$argon2id'])
      expect(`${before}${after}`).not.toContain(secret);
  }
  const facts = () => outdial.db.outbox.findMany({ where: { name: 'user.changed', userId: user.id } });
  await vi.waitUntil(async () => (await facts()).every(({ seq }) => seq !== null));
  expect((await facts()).map(({ payload }) => payload)).toEqual(Array(3).fill({ userId: user.id }));
});

it('asks for a name, an email and a role that there is', async () => {
  for (const [more, field] of [
    [{ name: ' ' }, 'body.name'],
    [{ email: 'nobody' }, 'body.email'],
    [{ role: 'operator' }, 'body.role'],
    [{ id: 'one' }, 'body.id'],
  ] as const) {
    const { body } = await create(person(more)).expect(400);
    expect(body.details.issues[0].field).toBe(field);
  }
});

it('leaves no session of an old password, or of a disabled person, that began at the same moment', async () => {
  const agent = await outdial.user(home, 'agent');
  const { id, password } = await outdial.db.account.findFirstOrThrow({ where: { userId: agent.id } });
  for (let n = 0; n < 12; n++) {
    const visitor = outdial.visitor();
    const ending = n % 2 === 0 ? reset : disable;
    await Promise.all([signIn(agent.email, PASSWORD, visitor), ending(agent).expect(200)]);
    await visitor.get('/api/me').expect(401);
    await outdial.db.account.update({ where: { id }, data: { password } });
    const data = { disabledAt: null, oneTimePasswordUntil: null };
    await outdial.db.user.update({ where: { id: agent.id }, data });
    // What was disabled lives on when it is enabled, unless it was ended.
    await visitor.get('/api/me').expect(401);
  }
});
