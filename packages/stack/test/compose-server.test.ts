import { describe, expect, it } from 'vitest';
import { compose, read, type Service, service } from './compose-file';

const services = Object.entries(compose.services);
/** Those that stay. */
const lasting = services.filter(([, { restart }]) => restart !== 'no');

const env = (name: string, key: string) => service(name).environment?.[key];
const seconds = (text = '') => Number(/^(\d+)s$/.exec(text)?.[1]);
/** A number that a source file gives a constant, in s. */
const constant = (path: string, name: string) =>
  Number(new RegExp(`${name} = ([\\d_]+)`).exec(read(path))?.[1]?.replaceAll('_', '')) / 1000;

/** Who it runs as: said here, or by the last USER of its Dockerfile's stage. */
function userOf({ user, build }: Service): string | undefined {
  if (user || !build) return user;
  const stage = read(build.dockerfile)
    .split(/^FROM /m)
    .slice(1)
    .find((text) => !build.target || text.startsWith(`${text.split(' ')[0]} AS ${build.target}\n`));
  return /^USER (\w+)$/m.exec(stage ?? '')?.[1];
}

describe.each(services)('%s', (name, one) => {
  it('is nobody in particular, writes nowhere but where it must, and cannot become more', () => {
    expect(userOf(one)).toMatch(/^(?!root$)\w+$/);
    expect(one.read_only).toBe(true);
    expect(one.cap_drop).toEqual(['ALL']);
    expect(one.cap_add).toBeUndefined();
    expect(one.security_opt).toContain('no-new-privileges:true');
  });

  it('takes no more than its share of memory, processes and disk', () => {
    expect(one.mem_limit).toMatch(/^\d+[mg]$/);
    expect(one.pids_limit).toBeGreaterThan(0);
    const { driver, options } = one.logging ?? {};
    if (driver !== 'none') expect([options?.['max-size'], options?.['max-file']]).not.toContain(undefined);
  });

  it('listens to the network at named addresses only, and never on a range of ports', () => {
    for (const port of one.ports ?? []) expect(port).toMatch(/^\$\{\w+:-[\d.]+\}:(\$\{\w+:-\d+\}|\d+):\d+/);
  });

  it('holds no password in a URL', () => {
    for (const value of Object.values(one.environment ?? {}))
      expect(value).not.toMatch(/:\/\/.*(PASSWORD|SECRET)/);
  });

  it('waits only for what starts with it', () => {
    const others = Array.isArray(one.depends_on) ? one.depends_on : Object.keys(one.depends_on ?? {});
    for (const other of others) {
      const profiles = service(String(other)).profiles;
      if (profiles)
        expect(profiles, `${name} needs ${other}`).toEqual(
          expect.arrayContaining([...(one.profiles ?? ['*'])]),
        );
    }
  });
});

it.each(lasting)('%s says how it is, and has a time to stop', (_, one) => {
  expect(one.healthcheck?.test.length).toBeGreaterThan(1);
  expect(one.stop_grace_period).toMatch(/^\d+s$/);
});

it.each([
  ['backend', constant('apps/backend/src/process.ts', 'DRAIN_MS')],
  ['worker', constant('apps/backend/src/background.ts', 'FINISH_MS')],
  ['frontend', constant('apps/frontend/server/main.ts', 'SHUTDOWN_MS')],
  ['nginx', seconds(/worker_shutdown_timeout (\d+s);/.exec(read('infra/nginx/nginx.conf'))?.[1])],
  ['caddy', seconds(/grace_period (\d+s)/.exec(read('infra/caddy/Caddyfile'))?.[1])],
])('%s may finish what it has in hand (%i s), and is back within 15 s', (name, drain) => {
  expect(drain).toBeGreaterThan(0);
  expect(drain).toBeLessThanOrEqual(10);
  expect(seconds(service(name).stop_grace_period)).toBeGreaterThanOrEqual(drain + 3);
});

describe('addresses', () => {
  const subnet = (name: string) => compose.networks[name]?.ipam?.config[0] ?? {};
  const fixed = (name: string, network: string) => {
    const { networks } = service(name);
    return Array.isArray(networks)
      ? undefined
      : (networks as Record<string, { ipv4_address: string }>)[network]?.ipv4_address;
  };

  it('that somebody is known by are given to nobody else', () => {
    for (const [name, network] of [
      ['caddy', 'frontend'],
      ['kamailio', 'switch'],
      ['carrier', 'switch'],
      ['echo', 'switch'],
    ] as const) {
      const { subnet: range = '', ip_range: others = '' } = subnet(network);
      expect(range).toMatch(/\.0\/24$/);
      expect(others).toBe(range.replace('.0/24', '.128/25'));
      expect(fixed(name, network)).toMatch(new RegExp(`^${range.replace('0/24', '')}\\d{1,2}$`));
    }
  });

  it('agree with one another', () => {
    const { gateway } = subnet('switch');
    expect(env('rtpengine', 'SWITCH_GATEWAY')).toBe(gateway);
    expect(env('kamailio', 'RTPENGINE_NG')).toBe(`udp:${env('rtpengine', 'NG_LISTEN')}`);
    expect(env('rtpengine', 'NG_LISTEN')).toBe(`${gateway}:2223`);
    expect(env('nginx', 'CADDY_ADDRESS')).toBe(fixed('caddy', 'frontend'));
    expect(env('kamailio', 'SIMULATOR_ADDRESS')).toBe(`${fixed('carrier', 'switch')}:5060`);
    expect(env('kamailio', 'ECHO_ADDRESS')).toBe(`${fixed('echo', 'switch')}:5060`);
    for (const name of ['carrier', 'echo']) {
      const bytes = fixed(name, 'switch')
        ?.split('.')
        .reverse()
        .map((part) => Number(part).toString(16).padStart(2, '0'));
      expect(service(name).healthcheck?.test).toContain(`${bytes?.join('').toUpperCase()}:13C4`);
    }
  });

  it('of visitors are believed of our own proxies and of nobody else', () => {
    expect(env('backend', 'API_TRUST_PROXY')).toBe('1');
    expect(env('frontend', 'TRUST_PROXY')).toBe('1');
    expect(env('nginx', 'TRUST_PROXY')).toMatch(/^\$\{TRUST_PROXY:-0\}$/);
    for (const name of ['backend', 'frontend']) expect(service(name).ports).toBeUndefined();
    expect(read('infra/nginx/nginx.conf')).toContain('proxy_set_header X-Forwarded-For $remote_addr;');
  });
});

describe('telephony', () => {
  it('relays media on the network of the host, where no port is two processes', () => {
    expect(service('rtpengine').network_mode).toBe('host');
    expect(service('rtpengine').ports).toBeUndefined();
  });

  it('brings a simulated carrier and demo data with the profile demo alone, and no switch beside another', () => {
    expect(Object.keys(compose.services).filter((name) => service(name).profiles?.join() === 'demo')).toEqual(
      ['seed', 'carrier'],
    );
    for (const name of ['kamailio', 'rtpengine', 'echo'])
      expect(service(name).profiles).toEqual(['switch', 'demo']);
  });

  it('hands on what .env says of a real carrier', () => {
    for (const key of ['CARRIER_ADDRESS', 'CARRIER_NETWORK', 'CALLER_ID', 'PUBLIC_IP'])
      expect(env('kamailio', key)).toMatch(new RegExp(`^\\$\\{${key}:-`));
    expect(env('rtpengine', 'HOST_IP')).toMatch(/^\$\{HOST_IP:-\}$/);
    expect(service('kamailio').ports).toEqual([
      expect.stringMatching(/^\$\{SIP_BIND:-127.0.0.1\}:5060:5060\/udp$/),
    ]);
  });

  it('lets Kamailio find TCP', () => expect(read('infra/docker/kamailio.Dockerfile')).toMatch(/ netbase /));
});

it('runs MariaDB as npm start does', () => {
  const flags = read('packages/stack/src/mariadb.ts').match(
    /--(default-time-zone|character|collation|skip-name|innodb-(buffer|log-file)|max-allowed)[^'`]+/g,
  );
  expect(flags?.length).toBe(7);
  expect(service('mariadb').command).toEqual(expect.arrayContaining([...new Set(flags)]));
});

it('asks for health where nothing is logged of it', () => {
  expect(service('frontend').healthcheck?.test.join()).toContain(':3000/health');
  expect(service('nginx').healthcheck?.test.join()).toContain(':8080/health');
  expect(service('backend').healthcheck?.test.join()).toContain('/api/health/ready');
});

/** Settings of .env.example, each with the comment above it; several may share one. */
function exampleSettings(): [name: string, words: string][] {
  const found: [string, string][] = [];
  let words = '';
  let isComment = false;
  for (const line of read('.env.example').split('\n')) {
    const [, name] = /^([A-Z_]+)=/.exec(line) ?? [];
    if (name) found.push([name, words]);
    else words = isComment ? `${words} ${line}` : line;
    isComment = line.startsWith('#');
  }
  return found;
}

describe('.env.example', () => {
  const settings = exampleSettings();
  const used = new Set([...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
  // Compose reads this one itself.
  used.add('COMPOSE_PROFILES');

  it('has every setting that compose asks for', () => {
    const known = new Set(settings.map(([name]) => name));
    expect([...used].filter((name) => !known.has(name ?? ''))).toEqual([]);
  });

  it.each(settings)('says whether %s counts here', (name, words) => {
    expect(words.includes('[npm start]')).toBe(!used.has(name));
  });
});

describe('images', () => {
  it('get nothing of this machine', () => {
    const ignored = read('.dockerignore').split('\n');
    const wanted = [
      '.git',
      '.outdial',
      'uploads',
      '**/.env',
      '**/.env.*',
      '**/node_modules',
      '**/.next',
      '**/dist',
    ];
    expect(ignored).toEqual(expect.arrayContaining(wanted));
  });

  it.each(['backend', 'frontend'])('%s has what it needs to run, and no sources', (target) => {
    const stage = read('infra/docker/node.Dockerfile')
      .split(/^FROM /m)
      .find((text) => text.includes(` AS ${target}\n`));
    expect(stage?.match(/^COPY .*$/gm)).toEqual([`COPY --from=build /images/${target} /app`]);
  });
});
