import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_REFUSED_NUMBERS } from '@outdial/contracts/telephony/refused-numbers';
import { describe, expect, it } from 'vitest';
import { SHARED_MEMORY_MB } from '../src/kamailio';
import { ROOT } from '../src/run/settings';
import { compose, read, type Service } from './compose-file';

const services = Object.entries(compose.services);
const namesOf = (value: Service['depends_on']) =>
  Array.isArray(value) ? value.map(String) : Object.keys(value ?? {});

/** No Docker engine is needed: this is the syntax, not a run. */
describe('docker-compose.yml', () => {
  it('has every part', () => {
    const engines = ['mariadb', 'redis', 'kamailio', 'rtpengine', 'carrier'];
    const parts = [...engines, 'backend', 'worker', 'frontend', 'nginx'];
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(parts));
  });

  it.each(services)('%s names only what exists', (_, service) => {
    if (service.build !== undefined) {
      const dockerfile = read(service.build.dockerfile);
      if (service.build.target !== undefined) expect(dockerfile).toContain(` AS ${service.build.target}\n`);
    }
    for (const network of namesOf(service.networks)) expect(compose.networks).toHaveProperty(network);
    for (const other of namesOf(service.depends_on)) expect(compose.services).toHaveProperty(other);
    for (const volume of service.volumes ?? []) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('./')) expect(existsSync(join(ROOT, source))).toBe(true);
      else expect(compose.volumes).toHaveProperty(source);
    }
  });

  it('refuses the numbers that `npm start` refuses', () => {
    const list = compose.services.kamailio?.environment?.SIP_REFUSED_NUMBERS;
    expect(list).toBe(`\${SIP_REFUSED_NUMBERS:-${DEFAULT_REFUSED_NUMBERS}}`);
    expect(read('.env.example')).toContain(DEFAULT_REFUSED_NUMBERS);
  });

  it('gives Kamailio every setting that its configuration requires', () => {
    const required = [...read('infra/kamailio/kamailio.cfg').matchAll(/^#!defenvs? (\w+)$/gm)].map(
      ([, name]) => name,
    );
    expect(Object.keys(compose.services.kamailio?.environment ?? {})).toEqual(
      expect.arrayContaining(required),
    );
  });

  it('gives Kamailio as much memory as npm start does', () => {
    expect(read('infra/docker/kamailio.Dockerfile')).toContain(`"-m", "${SHARED_MEMORY_MB}"`);
  });

  it('lets nobody reach Kamailio but through the web server, which asks who it is', () => {
    const { kamailio, frontend } = compose.services;
    expect(frontend?.environment?.SIP_UPSTREAM_URL).toBe(`ws://${kamailio?.environment?.WS_LISTEN}`);
    expect(namesOf(compose.services.nginx?.networks)).not.toContain('switch');
    expect(read('infra/nginx/nginx.conf')).not.toContain('kamailio:');
  });

  it('builds from files that exist', () => {
    const dockerfiles = new Set(services.flatMap(([, service]) => service.build?.dockerfile ?? []));
    for (const dockerfile of dockerfiles) {
      for (const [, sources = ''] of read(dockerfile).matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
        for (const source of sources.split(' ')) expect(existsSync(join(ROOT, source)), source).toBe(true);
      }
    }
  });

  it.runIf(hasComposeClient())('is taken by docker compose', () => {
    const passwords = ['DATABASE_PASSWORD', 'REDIS_PASSWORD'];
    const secrets = [
      ...passwords,
      'AUTH_SECRET',
      'ENCRYPTION_KEY',
      'SIP_EPHEMERAL_SECRET',
      'SIP_SWITCH_SECRET',
    ];
    const env = { ...process.env, ...Object.fromEntries(secrets.map((name) => [name, 'x'])) };
    execFileSync('docker', ['compose', '-f', 'docker-compose.yml', 'config', '--quiet'], { cwd: ROOT, env });
  });
});

function hasComposeClient(): boolean {
  try {
    execFileSync('docker', ['compose', 'version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
