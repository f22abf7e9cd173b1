import { afterAll, beforeAll, expect, it } from 'vitest';
import { Outdial, PASSWORD, type TestUser } from './support/outdial';

let outdial: Outdial;
let agent: TestUser;
beforeAll(async () => {
  outdial = await Outdial.start();
  agent = await outdial.user(await outdial.organization(), 'agent');
});
afterAll(() => outdial.close());

const signIn = (email: string, password: string) =>
  outdial.visitor().post('/api/auth/sign-in').send({ email, password });

it('signs in with an httpOnly, SameSite cookie and shows no token', async () => {
  const answer = await signIn(agent.email.toUpperCase(), PASSWORD).expect(200);
  const [cookie] = answer.headers['set-cookie'] as unknown as string[];
  expect(cookie).toMatch(/^outdial\.session_token=.+HttpOnly; SameSite=Lax/);
  const token = /session_token=([^.]+)/.exec(cookie ?? '')?.[1] ?? '';
  expect(token.length).toBeGreaterThan(20);
  expect(JSON.stringify(answer.body)).not.toContain(token);
  expect(answer.body.user).toMatchObject({ email: agent.email, role: 'agent' });
});

it('marks the cookie Secure on https', async () => {
  const https = await Outdial.start({ WEB_URL: 'https://calls.example.com' });
  try {
    const agent = await https.user(await https.organization(), 'agent');
    const answer = await https
      .visitor()
      .post('/api/auth/sign-in')
      .send({ email: agent.email, password: PASSWORD });
    const [cookie] = answer.headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^__Secure-outdial\.session_token=.+; Secure/);
  } finally {
    await https.close();
  }
});

it('says the same of a wrong password and of an unknown email', async () => {
  const wrong = await signIn(agent.email, 'wrong').expect(401);
  const unknown = await signIn('nobody@outdial.test', 'wrong').expect(401);
  expect(wrong.body).toEqual(unknown.body);
  expect(wrong.body).toMatchObject({ success: false, code: 'wrong-credentials' });
});

it('slows down who guesses, without locking out who knows', async () => {
  const victim = await outdial.user(agent.organizationId, 'agent');
  for (let n = 0; n < 10; n++) await signIn(victim.email, `guess ${n}`).expect(401);
  const { body, headers } = await signIn(victim.email, PASSWORD).expect(429);
  expect(body).toMatchObject({ code: 'rate-limited', message: expect.stringContaining('Wait 15 min') });
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  await signIn(agent.email, PASSWORD).expect(200);
  await victim.api.get('/api/me').expect(200);
});

it('refuses bodies that are no sign-in, in words', async () => {
  const { body } = await signIn('not an email', PASSWORD).expect(400);
  expect(body).toMatchObject({ code: 'validation', message: expect.stringContaining('email') });
  await outdial.visitor().post('/api/auth/sign-in').type('json').send('{"email":').expect(400);
});

it('ends a session at sign-out', async () => {
  const user = await outdial.user(agent.organizationId, 'agent');
  await user.api.post('/api/auth/sign-out').expect(200);
  await user.api.get('/api/me').expect(401);
});

it('lists the places where one is signed in, and signs them out one by one', async () => {
  const user = await outdial.user(agent.organizationId, 'agent');
  const elsewhere = outdial.visitor();
  await elsewhere
    .post('/api/auth/sign-in')
    .set('user-agent', 'Elsewhere/1')
    .send({ email: user.email, password: PASSWORD });
  const { body } = await user.api.get('/api/auth/sessions').expect(200);
  expect(body.items).toHaveLength(2);
  const other = body.items.find((session: { current: boolean }) => !session.current);
  expect(other.userAgent).toBe('Elsewhere/1');
  await agent.api.delete(`/api/auth/sessions/${other.id}`).expect(404);
  await user.api.delete(`/api/auth/sessions/${other.id}`).expect(200);
  await elsewhere.get('/api/me').expect(401);
  await user.api.get('/api/me').expect(200);
});

it('signs out everywhere else at once', async () => {
  const user = await outdial.user(agent.organizationId, 'agent');
  const elsewhere = outdial.visitor();
  await elsewhere.post('/api/auth/sign-in').send({ email: user.email, password: PASSWORD });
  await user.api.post('/api/auth/sessions/revoke-others').expect(200);
  await elsewhere.get('/api/me').expect(401);
  await user.api.get('/api/me').expect(200);
});

it('stores no token that signs anybody in', async () => {
  const answer = await signIn(agent.email, PASSWORD).expect(200);
  const [cookie = ''] = answer.headers['set-cookie'] as unknown as string[];
  const token = /session_token=([^.]+)/.exec(cookie)?.[1] ?? '';
  const stored = await outdial.db.session.findMany({ where: { userId: agent.id } });
  expect(stored.map((session) => session.token)).not.toContain(token);
  await outdial
    .visitor()
    .get('/api/me')
    .set('cookie', cookie.split(';')[0] ?? '')
    .expect(200);
  // Somebody who read the table has the hashes only.
  const forged = cookie.replace(token, stored.at(-1)?.token ?? '').split(';')[0] ?? '';
  await outdial.visitor().get('/api/me').set('cookie', forged).expect(401);
});

it('lets a session live as long as it is used, and its cookie with it, but a week at most', async () => {
  const user = await outdial.user(agent.organizationId, 'agent');
  const visitor = outdial.visitor();
  const answer = await visitor.post('/api/auth/sign-in').send({ email: user.email, password: PASSWORD });
  expect((answer.headers['set-cookie'] as unknown as string[])[0]).toContain('Max-Age=604800');
  const { id } = await outdial.db.session.findFirstOrThrow({
    where: { userId: user.id },
    orderBy: { createdAt: 'desc' },
  });
  const hour = 3_600_000;
  const soon = new Date(Date.now() + hour);
  await outdial.db.session.update({ where: { id }, data: { expiresAt: soon } });
  outdial.clock.advance(10_000);
  await visitor.get('/api/me').expect(200);
  const slid = await outdial.db.session.findUniqueOrThrow({ where: { id } });
  expect(slid.expiresAt.getTime()).toBeGreaterThan(Date.now() + 11 * hour);

  const weekAgo = new Date(outdial.clock.now().getTime() - 7 * 24 * hour);
  await outdial.db.session.update({ where: { id }, data: { createdAt: weekAgo } });
  outdial.clock.advance(10_000);
  await visitor.get('/api/me').expect(401);
  await outdial.core.services.auth.purgeExpired();
  expect(await outdial.db.session.findUnique({ where: { id } })).toBeNull();
});

it('keeps one session of a browser, and ten of a person', async () => {
  const user = await outdial.user(agent.organizationId, 'agent');
  const browser = outdial.visitor();
  const credentials = { email: user.email, password: PASSWORD };
  const count = () => outdial.db.session.count({ where: { userId: user.id } });
  await browser.post('/api/auth/sign-in').send(credentials).expect(200);
  const before = await count();
  await browser.post('/api/auth/sign-in').send(credentials).expect(200);
  expect(await count()).toBe(before);
  for (let n = 0; n < 10; n++) await signIn(user.email, PASSWORD).expect(200);
  expect(await count()).toBe(10);
  await browser.get('/api/me').expect(401);
});

it('refuses what another site makes the browser send', async () => {
  const change = () => agent.api.patch('/api/me/dialer-settings').send({ wrapUpSeconds: 7 });
  await change().set('sec-fetch-site', 'cross-site').expect(403);
  const { body } = await change().set('origin', 'https://evil.example').expect(403);
  expect(body.code).toBe('cross-site-request');
  await change().set('sec-fetch-site', 'same-origin').set('origin', 'https://any.example').expect(200);
});

it('keeps sign-up and the library’s other doors closed', async () => {
  for (const path of ['/api/auth/sign-up/email', '/api/auth/get-session', '/api/auth/update-user'])
    await agent.api
      .post(path)
      .send({ email: 'new@outdial.test', password: PASSWORD, name: 'New' })
      .expect(404);
});

/** A try as our own proxy hands it on: it adds the address it saw to what the client claims. */
const guess = (email: string, n: number, forwardedFor: string) =>
  signIn(email, `guess ${n}`).set('x-forwarded-for', forwardedFor);

it('believes no address that a client behind our proxies makes up', async () => {
  const { email } = await outdial.user(agent.organizationId, 'agent');
  for (let n = 0; n < 10; n++) await guess(email, n, `10.0.0.${n}, 203.0.113.7`).expect(401);
  await guess(email, 10, '10.0.0.10, 203.0.113.7').expect(429);
  await guess(email, 11, '203.0.113.8').expect(401);
});

it('slows down guesses at one account from many addresses, too', async () => {
  const { email } = await outdial.user(agent.organizationId, 'agent');
  for (let n = 0; n < 30; n++) await guess(email, n, `203.0.113.${100 + n}`).expect(401);
  await guess(email, 30, '203.0.113.130').expect(429);
});
