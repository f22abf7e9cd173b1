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
  /** Public origin of the page. */
  readonly webUrl: string;
  /** What runs privately, because no setting points elsewhere. */
  readonly parts: readonly StackPart[];
  /** Answer every question with yes. */
  readonly yes: boolean;
}

/** Reads `.env` and the environment. An empty value counts as not set. @throws SetupError for a bad port */
export function readSettings(): Settings {
  const file = join(ROOT, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...fromFile, ...process.env })) if (value) env[name] = value;

  const webPort = port(env, 'WEB_PORT', 3000);
  const parts: StackPart[] = [];
  if (env.DATABASE_URL === undefined) parts.push('database');
  if (env.REDIS_URL === undefined) parts.push('redis');
  if (env.SIP_WS_URL === undefined && env.SIP_UPSTREAM_URL === undefined) parts.push('switch');
  return {
    env,
    host: env.HOST ?? '127.0.0.1',
    apiPort: port(env, 'PORT', 4000),
    webPort,
    webUrl: env.WEB_URL ?? `http://localhost:${webPort}`,
    parts,
    yes: process.argv.includes('--yes') || env.CI !== undefined,
  };
}

function port(env: Readonly<Record<string, string>>, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
  throw new SetupError(`${name} must be a port number, not "${text}".`);
}
