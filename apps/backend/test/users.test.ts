import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Outdial, type TestUser } from './support/outdial';

const PASSWORD = 'long-and-secret';

let outdial: Outdial;
let home: number;
let superadmin: TestUser;
let agent: TestUser;
beforeAll(async () => {
  outdial = await Outdial.start();
  home = await outdial.organization();
  superadmin = await outdial.user(home, 'superadmin');
});
beforeEach(async () => {
  agent = await outdial.user(home, 'agent');
});
afterAll(() => outdial.close());

const pathOf = ({ id }: Pick<TestUser, 'id'>) => `/api/users/${id}/sip-account`;
const show = (user: TestUser, by = superadmin) => by.api.get(pathOf(user));
const put = (user: TestUser, account: object, by = superadmin) => by.api.put(pathOf(user)).send(account);

it("shows an agent's phone account, and whether a password is stored but never which", async () => {
  const { body: before } = await show(agent).expect(200);
  expect(before).toMatchObject({ sipUsername: `sip-${agent.id}`, hasSipPassword: false });

  const account = { extension: '6001', sipUsername: 'Desk.6001' };
  const stored = { ...account, hasSipPassword: true };
  const answers = [
    await put(agent, { ...account, sipPassword: PASSWORD }).expect(200),
    await show(agent).expect(200),
    await superadmin.api.get('/api/users').expect(200),
    await agent.api.get('/api/me').expect(200),
    await put(agent, { ...account, extension: 'six', sipPassword: PASSWORD }).expect(400),
  ];
  expect(answers[0]?.body).toEqual(stored);
  expect(answers[1]?.body).toEqual(stored);
  const { sipPasswordEncrypted } = await outdial.db.agentProfile.findUniqueOrThrow({
    where: { userId: agent.id },
  });
  for (const { text } of answers) {
    expect(text).not.toContain(PASSWORD);
    expect(text).not.toContain(sipPasswordEncrypted);
  }
});

it('keeps the stored password when none is sent', async () => {
  await put(agent, { extension: '6011', sipUsername: 'six-11', sipPassword: PASSWORD }).expect(200);
  const stored = () => outdial.db.agentProfile.findUniqueOrThrow({ where: { userId: agent.id } });
  const { sipPasswordEncrypted } = await stored();
  const { body } = await put(agent, { extension: '6012', sipUsername: 'six-12' }).expect(200);
  expect(body).toEqual({ extension: '6012', sipUsername: 'six-12', hasSipPassword: true });
  expect(await stored()).toMatchObject({ extension: '6012', sipPasswordEncrypted });
});

it('says which of extension and username is taken, and changes nothing', async () => {
  const colleague = await outdial.user(home, 'agent', 'Grace Hopper');
  await put(colleague, { extension: '6021', sipUsername: 'six-21' }).expect(200);
  const { body: before } = await show(agent);
  const sameExtension = await put(agent, { extension: '6021', sipUsername: 'free' }).expect(409);
  expect(sameExtension.body).toMatchObject({
    code: 'conflict',
    message: 'Extension 6021 is taken by Grace Hopper. Choose another.',
  });

  const away = await outdial.organization();
  const stranger = await outdial.user(away, 'agent', 'Mallory');
  const theirs = { extension: '6022', sipUsername: 'six-22' };
  await put(stranger, theirs, await outdial.user(away, 'superadmin')).expect(200);
  const sameUsername = await put(agent, theirs).expect(409);
  expect(sameUsername.body).toMatchObject({
    code: 'conflict',
    message: 'The SIP username six-22 is taken. Choose another.',
  });
  expect((await show(agent)).body).toEqual(before);
  // Extensions are each organization's own.
  await put(agent, { extension: '6022', sipUsername: 'six-23' }).expect(200);
});

it('is for superadmins of the same organization, and of people with a phone', async () => {
  const account = { extension: '6031', sipUsername: 'six-31' };
  for (const role of ['agent', 'manager'] as const) {
    const colleague = await outdial.user(home, role);
    expect((await show(agent, colleague).expect(403)).body.code).toBe('forbidden');
    expect((await put(agent, account, colleague).expect(403)).body.code).toBe('forbidden');
  }
  const stranger = await outdial.user(await outdial.organization(), 'superadmin');
  expect((await show(agent, stranger).expect(404)).body.code).toBe('not-found');
  expect((await put(agent, account, stranger).expect(404)).body.code).toBe('not-found');
  expect((await show(superadmin).expect(409)).body.code).toBe('no-agent-profile');
  expect((await put(superadmin, account).expect(409)).body.code).toBe('no-agent-profile');
});

interface Listed {
  readonly id: string;
  readonly name: string;
}

async function listed(query: Record<string, string>): Promise<Listed[]> {
  const { body } = await superadmin.api.get('/api/users').query(query).expect(200);
  return body.nextCursor
    ? [...body.items, ...(await listed({ ...query, cursor: body.nextCursor }))]
    : body.items;
}

it('finds people by their name, their email and their role', async () => {
  const ada = await outdial.user(home, 'manager', 'Ada Lovelace');
  await outdial.user(await outdial.organization(), 'manager', 'Ada of another organization');
  expect((await listed({ search: 'lovel' })).map(({ id }) => id)).toEqual([ada.id]);
  expect((await listed({ search: ada.email.slice(0, 30) })).map(({ id }) => id)).toEqual([ada.id]);
  expect(await listed({ search: 'nobody of this name' })).toEqual([]);
  expect((await listed({ search: 'ada', role: 'manager' })).map(({ name }) => name)).toEqual([
    'Ada Lovelace',
  ]);
  expect(await listed({ search: 'lovelace', role: 'agent' })).toEqual([]);
});

it('pages through people by name, each once, also between equal names', async () => {
  const names = ['Twin', 'Zed', 'Twin', 'Amy', 'Twin'];
  for (const name of names) await outdial.user(home, 'agent', `Paged ${name}`);
  const people = await listed({ search: 'Paged', limit: '2' });
  expect(people.map(({ name }) => name)).toEqual([...names].sort().map((name) => `Paged ${name}`));
  expect(new Set(people.map(({ id }) => id)).size).toBe(names.length);
});
