import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT, settingsOf } from './settings';

const OWN = { DATABASE_URL: 'mysql://outdial:x@db.example.com:3306/outdial' };
const example = parseEnv(readFileSync(join(ROOT, '.env.example'), 'utf8'));

describe('demo data', () => {
  it.each([
    ['comes into the private database by itself', {}, true],
    ['stays out of it when that is said', { OUTDIAL_DEMO: '0' }, false],
    ['stays out of a database of one’s own', OWN, false],
    ['comes into it when that is said', { ...OWN, OUTDIAL_DEMO: '1' }, true],
    ['stays out of it when that is said', { ...OWN, OUTDIAL_DEMO: '0' }, false],
    ['does not mind an empty setting', { OUTDIAL_DEMO: '' }, true],
  ])('%s', (_, env, demo) => {
    expect(settingsOf(env).demo).toBe(demo);
  });

  it('asks for a clear word', () => {
    expect(() => settingsOf({ OUTDIAL_DEMO: 'yes' })).toThrow(
      'OUTDIAL_DEMO must be 1 (make the demo data) or 0',
    );
  });
});

describe('the private parts', () => {
  it.each([
    [{}, ['database', 'redis', 'switch']],
    [OWN, ['redis', 'switch']],
    [{ REDIS_URL: 'redis://cache.example.com' }, ['database', 'switch']],
    [{ SIP_WS_URL: 'wss://pbx.example.com/ws' }, ['database', 'redis']],
  ])('with %j are %j', (env, parts) => {
    expect(settingsOf(env).parts).toEqual(parts);
  });

  it('are all there with a copied .env.example', () => {
    expect(settingsOf(example).parts).toEqual(['database', 'redis', 'switch']);
  });
});

describe('ports', () => {
  it('of the command line move the addresses of a copied .env.example', () => {
    const moved = settingsOf({ ...example, PORT: '4001', WEB_PORT: '3001' });
    expect(moved).toMatchObject({ apiUrl: 'http://127.0.0.1:4001', webUrl: 'http://localhost:3001' });
  });

  it('of the API are its own, also with an older .env that pins API_URL', () => {
    const { apiUrl } = settingsOf({ API_URL: 'http://127.0.0.1:4000', PORT: '4001' });
    expect(apiUrl).toBe('http://127.0.0.1:4001');
  });

  it.each([
    ['127.0.0.1', 'http://127.0.0.1:4000'],
    ['0.0.0.0', 'http://127.0.0.1:4000'],
    ['::', 'http://127.0.0.1:4000'],
    ['192.0.2.7', 'http://192.0.2.7:4000'],
    ['2001:db8::7', 'http://[2001:db8::7]:4000'],
  ])('are reached on %s at %s', (HOST, apiUrl) => {
    expect(settingsOf({ HOST }).apiUrl).toBe(apiUrl);
  });

  it('are refused in words when they are none', () => {
    expect(() => settingsOf({ WORKER_PORT: 'many' })).toThrow(
      'WORKER_PORT must be a port number, not "many".',
    );
  });
});
