import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { findProgram, hasKamailioModule } from './programs';

/** Something a machine must have, and the Debian package that brings it. */
export interface Requirement {
  readonly package: string;
  readonly isPresent: () => boolean;
}

const program = (name: string, debianPackage: string): Requirement => ({
  package: debianPackage,
  isPresent: () => findProgram(name) !== undefined,
});

const kamailioModule = (name: string, debianPackage: string): Requirement => ({
  package: debianPackage,
  isPresent: () => hasKamailioModule(name),
});

const DATABASE: readonly Requirement[] = [
  // The programs without the service.
  program('mariadbd', 'mariadb-server-core'),
  program('mariadb-install-db', 'mariadb-server-core'),
  program('mariadb', 'mariadb-client-core'),
];

const REDIS: readonly Requirement[] = [
  {
    // Not `redis-server`, which is the same program with a system service; see redis.ts.
    package: 'redis-tools',
    isPresent: () => ['redis-server', 'redis-check-rdb'].some((name) => findProgram(name) !== undefined),
  },
];

const SWITCH: readonly Requirement[] = [
  program('kamailio', 'kamailio'),
  program('kamcmd', 'kamailio'),
  kamailioModule('websocket', 'kamailio-websocket-modules'),
  kamailioModule('auth_ephemeral', 'kamailio-autheph-modules'),
  program('rtpengine', 'rtpengine-daemon'),
  program('sipp', 'sip-tester'),
  program('espeak-ng', 'espeak-ng'),
  program('sox', 'sox'),
];

/** What the worker makes recordings ready with. */
const RECORDINGS: readonly Requirement[] = [program('ffmpeg', 'ffmpeg')];

/** Demo recordings are spoken, too. */
const DEMO_DATA: readonly Requirement[] = [
  program('espeak-ng', 'espeak-ng'),
  program('sox', 'sox'),
  program('opusenc', 'opus-tools'),
];

const TESTS: readonly Requirement[] = [
  program('chromium', 'chromium'),
  // The proxy of docker compose.
  program('nginx', 'nginx-light'),
  {
    package: 'fonts-dejavu-core',
    isPresent: () => existsSync('/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf'),
  },
];

export const REQUIREMENTS = {
  database: DATABASE,
  redis: REDIS,
  switch: SWITCH,
  recordings: RECORDINGS,
  demoData: DEMO_DATA,
  tests: TESTS,
} as const;

/** Packages whose own services Debian would start at once: an open port that nobody asked for. */
const SERVICES: Readonly<Record<string, string>> = {
  kamailio: 'kamailio.service',
  'rtpengine-daemon': 'rtpengine-daemon.service',
  'nginx-light': 'nginx.service',
};

/** Debian packages that are missing, each once. */
export function missingPackages(requirements: readonly Requirement[]): string[] {
  return [...new Set(requirements.filter((need) => !need.isPresent()).map((need) => need.package))].sort();
}

/**
 * The commands that install packages, for a root shell. On a systemd machine the services of packages that were
 * not there before are kept from starting, now and at the next boot; services that exist already are not touched.
 */
export function installCommands(
  packages: readonly string[],
  systemd = existsSync('/run/systemd/system'),
): string[][] {
  const services = systemd ? packages.flatMap((name) => SERVICES[name] ?? []) : [];
  const apt = [
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    'install',
    '-y',
    '--no-install-recommends',
  ];
  const install = [
    ['apt-get', 'update'],
    [...apt, ...packages],
  ];
  if (services.length === 0) return install;
  return [
    ['systemctl', 'mask', '--runtime', ...services],
    ...install,
    ['systemctl', 'unmask', '--runtime', ...services],
    ['systemctl', 'disable', ...services],
  ];
}

export interface EnsureOptions {
  /** Do not ask. */
  readonly yes: boolean;
  readonly onLog: (line: string) => void;
}

/** A set-up that cannot go on; the message says what to do and needs no stack trace. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/**
 * Installs what is missing with apt, after one question.
 * @throws SetupError saying what to run, where it may not or cannot install
 */
export async function ensureSystemPackages(
  requirements: readonly Requirement[],
  options: EnsureOptions,
): Promise<void> {
  const packages = missingPackages(requirements);
  if (packages.length === 0) return;

  if (findProgram('apt-get') === undefined) {
    throw new SetupError(
      `Outdial needs programs that this machine does not have (on Debian: ${packages.join(', ')}).\n` +
        'This set-up knows Debian and Ubuntu only. Elsewhere, use: docker compose up',
    );
  }
  const sudo = sudoPrefix();
  const commands = installCommands(packages).map((command) => [...(sudo ?? []), ...command]);
  const asText = commands.map((command) => `  ${command.join(' ')}`).join('\n');
  if (sudo === undefined) {
    throw new SetupError(
      `Some Debian packages are missing. As root, run:\n${asText}\nThen start Outdial again.`,
    );
  }
  options.onLog(`Missing Debian packages: ${packages.join(' ')}`);
  if (!options.yes && !(await agree('Install them now with apt? [Y/n] '))) {
    throw new SetupError(`Not installed. To do it yourself:\n${asText}\nThen start Outdial again.`);
  }
  for (const [command = '', ...args] of commands) run(command, args);

  const still = missingPackages(requirements);
  if (still.length > 0) throw new SetupError(`apt finished, yet these are missing: ${still.join(', ')}`);
}

/** Nothing for root, sudo where there is one; undefined if neither. */
function sudoPrefix(): string[] | undefined {
  if (userInfo().uid === 0) return [];
  return findProgram('sudo') === undefined ? undefined : ['sudo'];
}

/** Where nobody can be asked (a script, a container), having started Outdial is the answer. */
async function agree(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return true;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return /^(y(es)?)?$/i.test(answer.trim());
}

/** Quiet unless it fails; sudo asks for its password on the terminal itself. */
function run(command: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, {
    stdio: ['inherit', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return;
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-8).join('\n');
  throw new SetupError(`Failed: ${command} ${args.join(' ')}\n${said}`);
}
