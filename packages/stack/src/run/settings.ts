import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { StackPart } from '../stack';
import { SetupError } from '../system-packages';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../../../../', import.meta.url)).replace(/\/$/, '');
/** Everything a local run makes: data, logs, secrets. */
export const STATE_DIR = join(ROOT, '.outdial');

/** Owner (see `stale.ts`) of the programs that are not the stack's: it must not end them while it starts. */
export const APPS_OWNER = join(STATE_DIR, 'apps');

export interface Settings {
  /** `.env` below the real environment: what a person types in front of the command wins. */
  readonly env: Readonly<Record<string, string>>;
  readonly host: string;
  readonly apiPort: number;
  readonly webPort: number;
  /** Unless a person chose one, any free port: nobody but the run itself talks to the worker. */
  readonly workerPort: number | undefined;
  /** Where this run's own API answers, whatever `API_URL` says: that is for web servers elsewhere. */
  readonly apiUrl: string;
  /** Public origin of the page. */
  readonly webUrl: string;
  /** What runs privately, because no setting points elsewhere. */
  readonly parts: readonly StackPart[];
  /** Calls that an agent may have at a time; undefined for as many as the switch gives. */
  readonly callsPerAgent: number | undefined;
  /** Whether the demo organizations are made. */
  readonly demo: boolean;
  /** Answer every question with yes. */
  readonly yes: boolean;
}

/** Reads `.env` and the environment. An empty value counts as not set. @throws SetupError for a bad value */
export function readSettings(): Settings {
  const file = join(ROOT, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return settingsOf({ ...fromFile, ...process.env }, process.argv.includes('--yes'));
}

/** What given variables mean for a run. @throws SetupError for a bad value */
export function settingsOf(given: Readonly<Record<string, string | undefined>>, yes = false): Settings {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) if (value) env[name] = value;

  const host = env.HOST ?? '127.0.0.1';
  const apiPort = port(env, 'PORT') ?? 4000;
  const webPort = port(env, 'WEB_PORT') ?? 3000;
  const parts: StackPart[] = [];
  if (!hasOwnDatabase(env)) parts.push('database');
  if (env.REDIS_URL === undefined && env.REDIS_HOST === undefined) parts.push('redis');
  if (env.SIP_WS_URL === undefined && env.SIP_UPSTREAM_URL === undefined) parts.push('switch');
  return {
    env,
    host,
    apiPort,
    webPort,
    workerPort: port(env, 'WORKER_PORT'),
    apiUrl: `http://${reachableHost(host)}:${apiPort}`,
    webUrl: env.WEB_URL ?? `http://localhost:${webPort}`,
    parts,
    callsPerAgent: callsPerAgent(env),
    demo: wantsDemo(env),
    yes: yes || env.CI !== undefined,
  };
}

/** Where this machine reaches what listens on an address: all addresses include loopback. */
export function reachableHost(listening: string): string {
  if (listening === '0.0.0.0' || listening === '::') return '127.0.0.1';
  return listening.includes(':') ? `[${listening}]` : listening;
}

const hasOwnDatabase = (env: Readonly<Record<string, string>>) =>
  env.DATABASE_URL !== undefined || env.DATABASE_HOST !== undefined;

/**
 * Demo accounts have a password that everybody knows: they come by themselves into the private database only,
 * which this run has made, and into a person's own when that person says so.
 */
function wantsDemo(env: Readonly<Record<string, string>>): boolean {
  const { OUTDIAL_DEMO } = env;
  if (OUTDIAL_DEMO === undefined) return !hasOwnDatabase(env);
  if (OUTDIAL_DEMO === '0' || OUTDIAL_DEMO === '1') return OUTDIAL_DEMO === '1';
  throw new SetupError(`OUTDIAL_DEMO must be 1 (make the demo data) or 0, not "${OUTDIAL_DEMO}".`);
}

function callsPerAgent({ SIP_CALLS_PER_AGENT: text }: Readonly<Record<string, string>>): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new SetupError(`SIP_CALLS_PER_AGENT must be 1 to 99, not "${text}".`);
}

function port(env: Readonly<Record<string, string>>, name: string): number | undefined {
  const text = env[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new SetupError(`${name} must be a port number, not "${text}".`);
}
