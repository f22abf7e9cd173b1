import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupError } from '../system-packages';

const FILE = 'secrets.json';

/** Random per clone. Losing the file signs everybody out and makes stored SIP passwords unreadable. */
export interface Secrets {
  readonly AUTH_SECRET: string;
  /** 32 bytes, base64: AES-256 key of what is encrypted at rest. */
  readonly ENCRYPTION_KEY: string;
  readonly SIP_EPHEMERAL_SECRET: string;
  readonly SIP_SWITCH_SECRET: string;
  readonly DATABASE_PASSWORD: string;
}

/** What nothing that is stored depends on: a new one costs each phone a registration. */
const fresh = () => ({
  SIP_EPHEMERAL_SECRET: randomBytes(32).toString('base64url'),
  SIP_SWITCH_SECRET: randomBytes(32).toString('base64url'),
});

/** Reads the secrets of a state folder; makes them on first use, readable by their owner only. */
export async function loadSecrets(stateDir: string): Promise<Secrets> {
  const file = join(stateDir, FILE);
  const found = existsSync(file) ? await read(file) : null;
  const secrets: Secrets = {
    ...fresh(),
    ...(found ?? {
      AUTH_SECRET: randomBytes(32).toString('base64'),
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      DATABASE_PASSWORD: randomBytes(18).toString('base64url'),
    }),
  };
  await mkdir(stateDir, { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}

type Found = Partial<Secrets> & Omit<Secrets, keyof ReturnType<typeof fresh>>;

async function read(file: string): Promise<Found> {
  const found: Partial<Secrets> = JSON.parse(readFileSync(file, 'utf8'));
  const { AUTH_SECRET, ENCRYPTION_KEY, DATABASE_PASSWORD } = found;
  if (!AUTH_SECRET || !ENCRYPTION_KEY || !DATABASE_PASSWORD) {
    throw new SetupError(
      `${file} is not complete. Put it back from a backup, or delete .outdial to start afresh.`,
    );
  }
  return { ...found, AUTH_SECRET, ENCRYPTION_KEY, DATABASE_PASSWORD };
}
