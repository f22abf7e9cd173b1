import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Outdial, type TestUser } from './support/outdial';

let outdial: Outdial;
let agent: TestUser;
beforeAll(async () => {
  outdial = await Outdial.start();
  agent = await outdial.user(await outdial.organization(), 'agent');
});
afterAll(() => outdial.close());

it('gives an agent a password for the bundled switch that soon dies', async () => {
  const { body, headers } = await agent.api.get('/api/softphone/credentials').expect(200);
  expect(headers['cache-control']).toBe('no-store');
  expect(body).toMatchObject({ wsUrl: '/sip', domain: 'outdial.local', sipUsername: `sip-${agent.id}` });
  const [expiry, user, session, sessionEnd] = body.authUsername.split(':');
  expect(user).toBe(body.sipUsername);
  const seconds = Number(expiry) - Math.floor(outdial.clock.now().getTime() / 1000);
  expect(seconds).toBe(900);
  const me = await agent.api.get('/api/me').expect(200);
  expect(session).toBe(me.body.session.id);
  const { expiresAt } = await outdial.db.session.findUniqueOrThrow({ where: { id: session } });
  expect(Number(sessionEnd)).toBe(Math.floor(expiresAt.getTime() / 1000));
  const secret = outdial.env.SIP_EPHEMERAL_SECRET as string;
  expect(body.password).toBe(createHmac('sha1', secret).update(body.authUsername).digest('base64'));
});

it('has a phone end with the longest life of its session, however that has slid', async () => {
  const user = await outdial.user(agent.organizationId, 'agent');
  const week = 7 * 24 * 3_600_000;
  const createdAt = new Date(outdial.clock.now().getTime() - week + 3_600_000);
  await outdial.db.session.updateMany({ where: { userId: user.id }, data: { createdAt } });
  const { body } = await user.api.get('/api/softphone/credentials').expect(200);
  const sessionEnd = Number(body.authUsername.split(':')[3]);
  expect(sessionEnd).toBe(Math.floor((createdAt.getTime() + week) / 1000));
});

it('takes another SIP server by settings alone, its password encrypted at rest and given only to that agent', async () => {
  const external = await Outdial.start({
    SIP_WS_URL: 'wss://pbx.example.com:8089/ws',
    SIP_DOMAIN: 'pbx.example.com',
  });
  try {
    const organization = await external.organization();
    const owner = await external.user(organization, 'agent');
    const superadmin = await external.user(organization, 'superadmin');
    const missing = await owner.api.get('/api/softphone/credentials').expect(409);
    expect(missing.body.code).toBe('no-sip-account');
    const account = { extension: '6001', sipUsername: '6001', sipPassword: 'long-and-secret' };
    const saved = await superadmin.api.put(`/api/users/${owner.id}/sip-account`).send(account).expect(200);
    expect(saved.body).toEqual({ extension: '6001', sipUsername: '6001', hasSipPassword: true });
    const row = await external.db.agentProfile.findUniqueOrThrow({ where: { userId: owner.id } });
    expect(row.sipPasswordEncrypted).not.toContain('long-and-secret');
    const { body } = await owner.api.get('/api/softphone/credentials').expect(200);
    expect(body).toMatchObject({
      wsUrl: 'wss://pbx.example.com:8089/ws',
      domain: 'pbx.example.com',
      authUsername: '6001',
      password: 'long-and-secret',
      expiresAt: null,
    });
    const people = await superadmin.api.get('/api/users').expect(200);
    expect(JSON.stringify(people.body)).not.toContain('long-and-secret');
  } finally {
    await external.close();
  }
});

it('keeps a wrap-up time within its bounds', async () => {
  const set = (wrapUpSeconds: number) => agent.api.patch('/api/me/dialer-settings').send({ wrapUpSeconds });
  expect((await set(0).expect(200)).body).toEqual({ wrapUpSeconds: 0, ringTimeoutSeconds: 30 });
  await set(121).expect(400);
  await set(-1).expect(400);
  expect((await agent.api.get('/api/me')).body.agent.wrapUpSeconds).toBe(0);
});
