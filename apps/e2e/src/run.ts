import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Of the microphone and of the far end; neither is a harmonic of the other. */
export const MICROPHONE_HZ = 440;
export const CARRIER_HZ = 1000;

export const ROOT = resolve(import.meta.dirname, '../../..');

/** What the test processes know of the running product. */
export interface Run {
  /** The page's origin, which also serves `/api`, `/sip` and `/socket.io`. */
  readonly webUrl: string;
  /** Of the API behind it, the first if there are several. */
  readonly apiUrl: string;
  readonly databaseUrl: string;
  readonly uploadsDir: string;
  /** Folder of the stack: its Kamailio is asked through the socket in `run/`. */
  readonly stackDir: string;
}

/** Folder of this run, made by the first process that asks. The others inherit its name. */
export function runDir(): string {
  process.env.OUTDIAL_E2E_DIR ??= mkdtempSync(join(tmpdir(), 'outdial-e2e-'));
  return process.env.OUTDIAL_E2E_DIR;
}

/** What the fake microphone hears; must be named before the browser starts. */
export const microphoneWav = () => join(runDir(), 'microphone.wav');

export function publishRun(run: Run): void {
  process.env.OUTDIAL_E2E_RUN = JSON.stringify(run);
}

/** @throws when the global set-up has not run */
export function currentRun(): Run {
  const text = process.env.OUTDIAL_E2E_RUN;
  if (!text) throw new Error('The product is not running: tests are started with `playwright test`.');
  return JSON.parse(text) as Run;
}
