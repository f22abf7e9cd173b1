import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Outdial, type TestUser } from './support/outdial';

let outdial: Outdial;
let agent: TestUser;
beforeAll(async () => {
  outdial = await Outdial.start({ SIP_REFUSED_NUMBERS: '911,+1900*,*99' });
  agent = await outdial.user(await outdial.organization(), 'agent');
});
afterAll(() => outdial.close());

const place = (id: string, destination: string) => agent.api.post('/api/calls').send({ id, destination });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

it('gives a call the claim that the switch lets it out for', async () => {
  const [id, number] = [uuidv7(), '+12025550123'];
  const { headers, body } = await place(id, number).expect(201);
  const [issued, call, seal] = String(headers['x-outdial-claim']).split('.');
  expect([Number(issued), call]).toEqual([Math.floor(Date.parse(body.startedAt) / 1000), id]);
  const secret = outdial.env.SIP_SWITCH_SECRET ?? '';
  // As `route[SEAL]` of infra/kamailio/kamailio.cfg.
  const text = `claim:${issued}:${id}:sip-${agent.id}:${number}`;
  expect(seal).toBe(sha256(secret + sha256(secret + text)));
});

it('gives no second claim to whoever asks again, however late, and none for a call that is over', async () => {
  const [id, number] = [uuidv7(), '+12025550124'];
  const first = await place(id, number).expect(201);
  outdial.clock.advance(60_000);
  const again = await place(id, number).expect(201);
  expect(again.headers['x-outdial-claim']).toBe(first.headers['x-outdial-claim']);
  await outdial.db.call.updateMany({
    where: { destination: number },
    data: { status: 'failed', endedAt: new Date() },
  });
  const late = await place(id, number).expect(201);
  expect(late.headers).not.toHaveProperty('x-outdial-claim');
});

it.each(['+19005550100', '*99'])('refuses %s in words, and writes no row', async (number) => {
  const id = uuidv7();
  const { body } = await place(id, number).expect(403);
  expect(body).toMatchObject({ code: 'number-refused', message: expect.stringContaining(number) });
  expect(await outdial.db.call.count({ where: { destination: number } })).toBe(0);
});

it('gives no claim where another SIP server would not ask for one', async () => {
  const external = await Outdial.start({ SIP_WS_URL: 'wss://pbx.example.com:8089/ws' });
  try {
    const owner = await external.user(await external.organization(), 'agent');
    const { headers } = await owner.api
      .post('/api/calls')
      .send({ id: uuidv7(), destination: '+12025550123' })
      .expect(201);
    expect(headers).not.toHaveProperty('x-outdial-claim');
  } finally {
    await external.close();
  }
});
