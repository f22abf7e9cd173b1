import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StereoAudio } from '../src/audio';
import { callsOf, filedCall, recordingBytes } from '../src/calls';
import { FactTrace } from '../src/fact-trace';
import { test as base, expect, sitDown } from '../src/fixtures';
import { Outdial } from '../src/outdial';
import { Product } from '../src/product';
import { csvFile, leadsEndingIn } from '../src/sheets';

const test = base.extend<object, { readonly product: Product }>({
  product: [
    async ({ browserName: _ }, use) => {
      const dir = await mkdtemp(join(tmpdir(), 'outdial-e2e-several-'));
      const product = await Product.start(dir, { apis: 2, workers: 2 });
      await use(product);
      await product.close();
      if (!process.env.OUTDIAL_E2E_KEEP) await rm(dir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  outdial: [
    async ({ product }, use) => {
      const outdial = new Outdial(product.run);
      await use(outdial);
      await outdial.close();
    },
    { scope: 'worker' },
  ],
});

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

  const elsewhere = await anotherComputer();
  const managersPage = await elsewhere.newPage();
  const heard = new FactTrace(managersPage);
  const manager = await outdial.person(person.organizationId, 'manager', 'Grace Hopper');
  await sitDown(outdial, manager, elsewhere, managersPage);
  await managersPage.goto('/dashboard/manager');
  await expect.poll(() => heard.startedAt).not.toBeNull();

  await sheets.goto();
  await sheets.choose(csvFile(LEADS, 'spring.csv'));
  await expect(sheets.outcome(/^5$/)).toBeVisible();
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
      const { seconds } = await StereoAudio.decode(file);
      expect(Math.abs(seconds - (done.talkMs ?? 0) / 1000), `audio of ${phone}`).toBeLessThan(0.5);
    }
    expect(await callsOf(session)).toHaveLength(LEADS.length);
  });

  await test.step('the manager’s page was told everything, in order', async () => {
    const facts = async () => outdial.facts(person.organizationId);
    await expect.poll(async () => (await facts()).filter(({ seq }) => seq === null)).toEqual([]);
    const numbered = await facts();
    expect(numbered.map(({ seq }) => seq)).toEqual(numbered.map((_, index) => index + 1));
    const since = heard.startedAt ?? 0;
    const changes = numbered
      .filter(({ seq, name }) => name === 'call.changed' && Number(seq) > since)
      .map(({ seq }) => Number(seq));
    expect(changes.length).toBeGreaterThanOrEqual(2 * LEADS.length);
    await expect.poll(() => heard.numbersOf('call.changed')).toEqual(changes);
    expect(heard.connections, 'its connection broke').toBeGreaterThan(1);
    expect(heard.resets).toBe(0);
  });
});
