import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '../src/config/logger';
import { createCore } from '../src/container';
import { Outdial } from './support/outdial';

let outdial: Outdial;
beforeAll(async () => {
  outdial = await Outdial.start();
  // The first query of all takes long on a busy machine.
  await outdial.db.$queryRaw`SELECT 1`;
  await outdial.core.db.$queryRaw`SELECT 1`;
});
afterAll(() => outdial.close());

it('tells that it is healthy in the agreed shape, below /api and /api/v1', async () => {
  for (const path of ['/api/health', '/api/v1/health']) {
    const { body } = await outdial.visitor().get(path).expect(200);
    expect(body).toEqual({
      success: true,
      status: 'healthy',
      db: 'connected',
      redis: 'connected',
      switch: 'not-checked',
      disk: 'fine',
      timestamp: expect.any(String),
    });
  }
});

it('is ready while the database answers, and not while it is away', async () => {
  await outdial.visitor().get('/api/health/ready').expect(200);
  const away = await Outdial.start({ DATABASE_URL: 'mysql://outdial:x@127.0.0.1:9/outdial' });
  try {
    const { body } = await away.visitor().get('/api/health/ready').expect(503);
    expect(body).toMatchObject({ success: false, code: 'unavailable' });
    const alive = await away.visitor().get('/api/health').expect(200);
    expect(alive.body).toMatchObject({ status: 'degraded', db: 'disconnected' });
  } finally {
    await away.close();
  }
});

it('names the parts that are away or mute, in bounded time, and is ready without them', async () => {
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as AddressInfo;
  const settings = { REDIS_URL: 'redis://127.0.0.1:9', SIP_UPSTREAM_URL: `ws://127.0.0.1:${port}` };
  const core = await createCore({ ...outdial.env, ...settings }, createLogger('silent', 'api'));
  const { health } = core.services;
  try {
    await core.warmUp();
    const since = performance.now();
    expect(await health.show()).toMatchObject({
      status: 'degraded',
      db: 'connected',
      redis: 'disconnected',
      switch: 'disconnected',
    });
    expect(performance.now() - since).toBeLessThan(4_000);
    await health.ready();
  } finally {
    await core.close();
    mute.close();
  }
});

it('lives whatever is away', async () => {
  const away = await Outdial.start({ DATABASE_URL: 'mysql://outdial:x@127.0.0.1:9/outdial' });
  try {
    await away.visitor().get('/api/health/live').expect(200, { success: true });
  } finally {
    await away.close();
  }
});

it('answers every path that is no endpoint with 404 and the error body', async () => {
  const { body } = await outdial.visitor().get('/api/nowhere').expect(404);
  expect(body).toEqual({ success: false, code: 'not-found', message: expect.any(String) });
});

it('documents every endpoint at /api/docs without inline scripts', async () => {
  const page = await outdial.visitor().get('/api/docs/').expect(200);
  expect(page.text).not.toMatch(/<script(?![^>]*src=)/);
  const { body } = await outdial.visitor().get('/api/docs/openapi.json').expect(200);
  expect(Object.keys(body.paths)).toContain('/api/cdr/upload');
  expect(body.paths['/api/calls'].get.responses['200']).toBeDefined();
});

it('compresses, names the request, and allows no other origin', async () => {
  const answer = await outdial
    .visitor()
    .get('/api/docs/openapi.json')
    .set('accept-encoding', 'gzip')
    .set('origin', 'https://evil.example');
  expect(answer.headers['content-encoding']).toBe('gzip');
  expect(answer.headers['x-request-id']).toMatch(/^[\w.-]{8,64}$/);
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
});
