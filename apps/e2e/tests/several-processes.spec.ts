import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { BrowserContext } from '@playwright/test';
import { StereoAudio, toneLevel } from '../src/audio';
import { callsOf, filedCall, recordingBytes } from '../src/calls';
import { FactTrace } from '../src/fact-trace';
import { endpoints, expect, sitDown } from '../src/fixtures';
import type { Outdial, Session } from '../src/outdial';
import { ownProduct } from '../src/own-product';
import { CARRIER_HZ } from '../src/run';
import { csvFile, leadsEndingIn } from '../src/sheets';

const test = ownProduct('several', { apis: 2, workers: 2 });

test('calls go on while Redis is away, and what was asked for meanwhile is done when it is back', async ({
  product: { redis },
  outdial,
  agent: { page, sheets, workspace, sip, session, person },
  anotherComputer,
}) => {
  test.setTimeout(120_000);
  const leads = leadsEndingIn('017');
  const heard = await managerListens(outdial, person.organizationId, anotherComputer);
  await sheets.goto();
  await sheets.choose(csvFile(leads, 'spring.csv'));
  await sheets.start();
  await workspace.expectTalkingTo(leads[0]?.name ?? '');
  await redis.kill();

  const asked = await importSheet(session, csvFile(leads, 'summer.csv').buffer);
  await page.keyboard.press('h');
  await workspace.expectTalkingTo(leads[2]?.name ?? '');
  await workspace.talkFor(2);
  await page.keyboard.press('h');
  await workspace.expectDialer('finished');
  expect(sip.dialed).toEqual(leads.map(({ phone }) => phone));
  // Without Redis processes look into the database by themselves, every second.
  await expectToldEverything(outdial, person.organizationId, heard);
  const sheetNow = () => session.api(endpoints.sheets.show, { params: { sheetId: asked } });
  expect(await sheetNow()).toMatchObject({ status: 'importing', import: { state: 'queued' } });

  await redis.revive();
  await expect.poll(async () => (await sheetNow()).status, { timeout: 20_000 }).toBe('ready');
  expect(await sheetNow()).toMatchObject({ counts: { taken: leads.length } });
  for (const { phone } of [leads[0], leads[2]].flatMap((lead) => lead ?? [])) {
    const isComplete = async () => (await filedCall(session, phone)).recording?.status;
    await expect.poll(isComplete, { message: `recording of ${phone}`, timeout: 30_000 }).toBe('complete');
  }
  await expectToldEverything(outdial, person.organizationId, heard);
});

/** Uploads a sheet and asks for its import, as the page does. @returns its id */
async function importSheet({ api }: Session, csv: Buffer): Promise<string> {
  const file = new Blob([new Uint8Array(csv)], { type: 'text/csv' });
  const { id } = await api(endpoints.uploads.create, {
    body: { id: randomUUID() },
    file,
    fileName: 'summer.csv',
  });
  const mapping = { headerLine: 1, phoneColumns: [1], nameColumns: [0] };
  await api(endpoints.sheets.import, { params: { sheetId: id }, body: { mapping } });
  return id;
}

/** Three conversations that the agent ends, one busy, one that the other side ends. */
const LEADS = leadsEndingIn('01576');

test('two of each are one product, of which each may die in mid-call', async ({
  product,
  outdial,
  agent,
  anotherComputer,
}, testInfo) => {
  test.setTimeout(120_000);
  const [firstApi, secondApi] = product.apis;
  const [firstWorker, secondWorker] = product.workers;
  if (!firstApi || !secondApi || !firstWorker || !secondWorker) throw new Error('Two of each are needed.');
  const { page, sheets, workspace, sip, session, person } = agent;

  const heard = await managerListens(outdial, person.organizationId, anotherComputer);

  await sheets.goto();
  await sheets.choose(csvFile(LEADS, 'spring.csv'));
  await expect(sheets.counts).toContainText('5 will be dialed');
  await sheets.start();

  await test.step('the first of each dies in the first call, and stays away for the next', async () => {
    await workspace.expectTalkingTo(LEADS[0]?.name ?? '');
    await Promise.all([firstApi.kill(), firstWorker.kill()]);
    await workspace.talkFor(3);
    await workspace.expectCall('connected');
    await page.keyboard.press('h');
    await workspace.expectTalkingTo(LEADS[2]?.name ?? '');
  });

  await test.step('they are back, and the second of each dies', async () => {
    await Promise.all([firstApi.revive(), firstWorker.revive()]);
    await Promise.all([secondApi.kill(), secondWorker.kill()]);
    await workspace.expectCall('connected');
    await workspace.talkFor(3);
    await page.keyboard.press('h');
    await workspace.expectTalkingTo(LEADS[3]?.name ?? '');
    await workspace.talkFor(1);
    await page.keyboard.press('h');
    await workspace.expectDialer('finished', 30_000);
  });

  await test.step('every lead was dialed once, and everything about it is filed', async () => {
    expect(sip.dialed).toEqual(LEADS.map(({ phone }) => phone));
    for (const [status, count] of [
      ['answered', 4],
      ['busy', 1],
      ['failed', 0],
    ] as const)
      await expect(workspace.outcome(status)).toContainText(String(count));
    for (const { phone } of LEADS) {
      const call = await filedCall(session, phone);
      expect(call).toMatchObject({ attempt: 1, interrupted: false });
      if (call.status !== 'answered') continue;
      // A job whose worker died is taken up by another after 10 to 15 s.
      const isComplete = async () => (await filedCall(session, phone)).recording?.status;
      await expect.poll(isComplete, { message: `recording of ${phone}`, timeout: 30_000 }).toBe('complete');
      const done = await filedCall(session, phone);
      const file = testInfo.outputPath(`${phone}.webm`);
      await writeFile(file, await recordingBytes(session, done));
      const audio = await StereoAudio.decode(file);
      // How exact it is, is for recording.spec.ts: here processes start in mid-call, on the same two cores.
      expect(audio.seconds, `audio of ${phone}`).toBeGreaterThan((done.talkMs ?? 0) / 1000 - 1.5);
      expect(toneLevel(audio.right, CARRIER_HZ), `the far end of ${phone}`).toBeGreaterThan(-25);
    }
    expect(await callsOf(session)).toHaveLength(LEADS.length);
  });

  await test.step('the manager’s page was told everything, in order', async () => {
    await expectToldEverything(outdial, person.organizationId, heard);
    expect(heard.numbersOf('call.changed').length).toBeGreaterThanOrEqual(2 * LEADS.length);
    expect(heard.connections, 'its connection broke').toBeGreaterThan(1);
  });
});

/** The page of a manager who looks on. */
async function managerListens(
  outdial: Outdial,
  organizationId: number,
  anotherComputer: () => Promise<BrowserContext>,
): Promise<FactTrace> {
  const context = await anotherComputer();
  const page = await context.newPage();
  const heard = new FactTrace(page);
  const manager = await outdial.person(organizationId, 'manager', 'Grace Hopper');
  await sitDown(outdial, manager, context, page);
  await page.goto('/dashboard/manager');
  await expect.poll(() => heard.startedAt).not.toBeNull();
  return heard;
}

/** The outbox is the truth: numbered without a gap, and each of its numbers was told, in order. */
async function expectToldEverything(outdial: Outdial, organizationId: number, heard: FactTrace) {
  const facts = () => outdial.facts(organizationId);
  await expect.poll(async () => (await facts()).filter(({ seq }) => seq === null)).toEqual([]);
  const numbered = (await facts()).map(({ seq, name }) => ({ seq: Number(seq), name }));
  expect(numbered.map(({ seq }) => seq)).toEqual(numbered.map((_, index) => index + 1));
  const changes = numbered.filter(({ seq, name }) => name === 'call.changed' && seq > (heard.startedAt ?? 0));
  await expect.poll(() => heard.numbersOf('call.changed')).toEqual(changes.map(({ seq }) => seq));
  expect(heard.resets).toBe(0);
}
