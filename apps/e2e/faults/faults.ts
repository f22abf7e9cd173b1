/** `npm run test:faults`: each part of the running product dies and freezes under calls. */
import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '@outdial/stack/bench/report';
import { type Browser, chromium } from '@playwright/test';
import { writeTone } from '../src/audio';
import { CHROMIUM, chromiumArgs } from '../src/chromium';
import { Outdial } from '../src/outdial';
import { type PartName, Product } from '../src/product';
import { MICROPHONE_HZ, microphoneWav, publishRun, runDir } from '../src/run';
import { listenTo } from './hearing';
import { KeptLog } from './kept-log';
import { callState, dialerState, filed, nextCall, Scene, type Seat } from './scene';

const PARTS: readonly PartName[] = [
  'api',
  'worker',
  'web',
  'mariadb',
  'redis',
  'kamailio',
  'rtpengine',
  'carrier',
];
const FAULTS = { crash: 'kill −9', freeze: 'frozen' } as const;
type Fault = keyof typeof FAULTS;

/** As with `npm start`. */
const GRACE_SECONDS = 20;
/** How long the calls go on after the part is back. */
const AFTER_MS = 5_000;

/** A browser on a busy machine records so much less than was talked. */
const MISSING_S = 1.5;

const HEAD = [
  'part, how',
  'back after',
  'conversation',
  'silent, agent + customer',
  'ringing call',
  'next call',
  'lost',
];

const METHOD = `
\`npm run test:faults\` (about fifteen minutes; \`-- api redis\` measures some parts anew) starts the product as \`npm start\`
does, with a Chromium whose microphone hears a tone of 440 Hz and a carrier that says one of 1000 Hz. For each line two
agents of a new organization dial a sheet: one is talking, the other's customer lets it ring. Then the part is ended by
SIGKILL, or it and its children are stopped by SIGSTOP and nobody lets them go on.

- **back after**: from the fault until the supervisor had it answer by its own protocol again. A frozen one is ended after it
  owed an answer for three seconds (the switch: five).
- **conversation**: whether it was up ${AFTER_MS / 1000} s after that, without a key pressed.
- **silent**: of the stored recording, how long each side's tone was missing. The customer's came through switch and media relay.
- **ringing call**: how the second agent's call was then. **next call**: of both agents, after a hang-up of the call that was under the fault.
- **lost**: call rows without an end, answered calls without a recording, recordings shorter than the talk by more than ${MISSING_S} s,
  leads with two calls that count, leads whose only call failed although the customer was not at fault, and telephones that
  are rung again because we broke off.
`;

/** A part, a fault: one line of the table. */
async function line(
  product: Product,
  log: KeptLog,
  browser: Browser,
  outdial: Outdial,
  part: PartName,
  fault: Fault,
) {
  const scene = await Scene.set(browser, outdial);
  try {
    const { talking, ringing } = scene;
    await talking.desk.workspace.talkFor(4);
    const back = log.untilBack(part);
    product.part(part)[fault]();
    const backMs = await back;
    await delay(AFTER_MS);
    const conversation =
      (await callState(talking)) === 'connected' ? 'goes on' : `ended (${await dialerState(talking)})`;
    const rings =
      (await callState(ringing)) === 'ringing' ? 'rings on' : `ended (${await dialerState(ringing)})`;
    const next = [await nextCall(talking), await nextCall(ringing)];
    const { silent, lost } = await afterwards([talking, ringing]);
    return [
      `${part}, ${FAULTS[fault]}`,
      `${(backMs / 1000).toFixed(1)} s`,
      conversation,
      silent,
      rings,
      [...new Set(next)].join(', then '),
      lost,
    ];
  } finally {
    await scene.close();
  }
}

/** What the history says when everybody has hung up. */
async function afterwards(seats: readonly Seat[]) {
  const lost: string[] = [];
  let silent = '–';
  for (const [index, seat] of seats.entries()) {
    const calls = await filed(seat).catch(() => undefined);
    if (!calls) {
      lost.push('a call is not filed');
      continue;
    }
    const ofFirst = calls.filter(({ destination }) => destination === seat.leads[0]?.phone);
    const counted = ofFirst.filter(({ fault }) => fault === 'none');
    const [first] = ofFirst;
    if (ofFirst.some(({ reached, fault }) => fault !== 'none' && reached !== 'answered'))
      lost.push(counted.length === 0 ? 'a lead' : 'a telephone is rung again');
    if (counted.length > 1) lost.push('a lead was dialed twice');
    if (index > 0 || !first?.recording) continue;
    const heard = await listenTo(seat.desk.session, first.id);
    silent = `${heard.agentSilentS.toFixed(1)} + ${heard.customerSilentS.toFixed(1)} of ${heard.seconds.toFixed(1)} s`;
    const missingS = (first.talkMs ?? 0) / 1000 - heard.seconds;
    if (missingS > MISSING_S) lost.push(`${missingS.toFixed(1)} s of a recording`);
  }
  return { silent, lost: lost.join(', ') || 'nothing' };
}

const versionOf = (program: string, flag: string): string =>
  /\d+\.\d+\.\d+/.exec(execFileSync(program, [flag], { encoding: 'utf8' }))?.[0] ?? 'unknown';

/** @param wanted parts; all if none is named */
export async function measure(wanted: readonly string[]): Promise<Report> {
  await mkdir(runDir(), { recursive: true });
  await writeTone(microphoneWav(), MICROPHONE_HZ);
  const log = new KeptLog();
  const product = await Product.start(runDir(), { onLog: log.add, graceSeconds: GRACE_SECONDS });
  publishRun(product.run);
  const outdial = new Outdial();
  const args = chromiumArgs({ kind: 'speaks', wav: microphoneWav() });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args, handleSIGINT: false });
  process.once('SIGINT', () => void product.close().finally(() => process.exit(130)));
  try {
    const rows: string[][] = [HEAD];
    const parts = PARTS.filter((part) => wanted.length === 0 || wanted.includes(part));
    for (const part of parts)
      for (const fault of ['crash', 'freeze'] as const) {
        const row = await line(product, log, browser, outdial, part, fault).catch((error: unknown) => {
          console.error(error);
          return [`${part}, ${FAULTS[fault]}`, 'not measured', '', '', '', '', ''];
        });
        console.log(row.join(' | '));
        rows.push(row);
      }
    const versions = { Chromium: browser.version(), Kamailio: versionOf('kamailio', '-v') };
    return { title: 'What dies, and what becomes of the calls', rows, method: METHOD, versions };
  } finally {
    await browser.close();
    await outdial.close();
    await product.close();
    await rm(runDir(), { recursive: true, force: true });
  }
}
