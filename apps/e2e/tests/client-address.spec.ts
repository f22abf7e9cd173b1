import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Nginx } from '@outdial/stack/nginx';
import { freeTcpPort } from '@outdial/stack/ports';
import { startWeb } from '@outdial/stack/run/apps';
import { endpoints, expect, test } from '../src/fixtures';
import { PASSWORD } from '../src/outdial';
import { runDir } from '../src/run';
import { upgradeSip } from '../src/sip-upgrade';

/** Wrong passwords that an account may have from one address. */
const TRIES = 10;

/** A different one each time, and what a proxy in front would add. */
const forged = (proxied: string) => ({
  'x-forwarded-for': `203.0.113.${Math.ceil(Math.random() * 250)}${proxied}`,
});

/** Signs in from an address of this machine. @returns status, cookie */
async function signIn(url: string, email: string, password: string, from: string, proxied = '') {
  const body = JSON.stringify({ email, password });
  const headers = { 'content-type': 'application/json', ...forged(proxied) };
  const asking = request(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers,
    localAddress: from,
    agent: false,
  });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    asking.once('response', resolve).once('error', reject);
    asking.end(body);
  });
  answer.resume();
  return { status: answer.statusCode, cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '' };
}

test.describe('the address of a visitor', () => {
  const cleanUps: (() => Promise<unknown>)[] = [];
  test.afterEach(async () => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  });

  /** A web server as compose has it, behind nginx with compose's configuration. */
  async function behindNginx(apiUrl: string, trustProxy?: string): Promise<string> {
    const dir = join(runDir(), randomUUID());
    const port = await freeTcpPort();
    const env = { NODE_ENV: 'production', WEB_PORT: String(port), API_URL: apiUrl, TRUST_PROXY: '1' };
    const log = (line: string) => console.error(line);
    const switchUrl = { SIP_UPSTREAM_URL: 'ws://127.0.0.1:9' };
    const web = await startWeb({
      env: { ...env, ...switchUrl },
      logDir: dir,
      ownerDir: dir,
      onLog: log,
    });
    cleanUps.push(() => web.stop());
    const frontend = `127.0.0.1:${port}`;
    const backend = new URL(apiUrl).host;
    const nginx = await Nginx.start({ dir, frontend, backend, ...(trustProxy && { trustProxy }) });
    cleanUps.push(() => nginx.stop());
    return nginx.url;
  }

  const doors = [
    { door: 'the web server', address: '127.0.0.21', proxied: '', shown: '127.0.0.21' },
    { door: 'nginx', address: '127.0.0.22', proxied: '', shown: '127.0.0.22' },
    {
      door: 'nginx behind a named proxy',
      address: '127.0.0.23',
      proxied: ', 198.51.100.7',
      shown: '198.51.100.7',
    },
  ];
  for (const { door, address, proxied, shown } of doors) {
    test(`is not theirs to choose, at ${door}`, async ({ outdial }) => {
      const person = await outdial.person(await outdial.organization('Forged'), 'manager', 'Forged');
      const { webUrl, apiUrl } = outdial.run;
      const url = door === 'the web server' ? webUrl : await behindNginx(apiUrl, proxied && address);
      const { cookie } = await signIn(url, person.email, PASSWORD, address, proxied);
      const sessions = await fetch(`${url}/api${endpoints.auth.listSessions.path}`, { headers: { cookie } });
      expect(JSON.stringify(await sessions.json())).toContain(`"${shown}"`);

      const answers: (number | undefined)[] = [];
      while (answers.length < 3 * TRIES)
        answers.push((await signIn(url, person.email, 'wrong password', address, proxied)).status);
      expect(answers.slice(0, TRIES)).toEqual(Array(TRIES).fill(401));
      expect(answers.slice(TRIES)).toEqual(Array(2 * TRIES).fill(429));
    });
  }

  test('is what the door to the switch counts by, and what pages are made for', async () => {
    const asked: unknown[] = [];
    const api = createServer(({ url, headers }, response) => {
      if (url === '/api/me') asked.push(headers['x-forwarded-for']);
      response.writeHead(401).end('{}');
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    cleanUps.push(async () => api.close());
    const url = await behindNginx(`http://127.0.0.1:${(api.address() as AddressInfo).port}`);
    const headers = { ...forged(''), cookie: 'outdial.session_token=x' };
    expect((await upgradeSip(url, headers)).status).toBe(401);
    await fetch(`${url}/dashboard/agent`, { headers, redirect: 'manual' });
    expect(new Set(asked)).toEqual(new Set(['127.0.0.1']));
    expect(asked.length).toBeGreaterThan(1);
  });
});
