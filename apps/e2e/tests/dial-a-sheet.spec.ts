import { callsOf, filedCall } from '../src/calls';
import { endpoints, expect, test } from '../src/fixtures';
import { csvFile, leadsEndingIn } from '../src/sheets';
import { conversations } from '../src/switch';

const LEADS = leadsEndingIn('01234567');

/** What the far end does, by last digit, and what must come of it. */
const OUTCOMES = [
  { status: 'answered', sipCode: 200, hangupBy: 'agent' },
  { status: 'busy', sipCode: 486, hangupBy: 'remote' },
  { status: 'no-answer', hangupBy: 'system' },
  { status: 'rejected', sipCode: 603, hangupBy: 'remote' },
  { status: 'invalid-number', sipCode: 404, hangupBy: 'remote' },
  { status: 'answered', sipCode: 200, hangupBy: 'agent' },
  { status: 'answered', sipCode: 200, hangupBy: 'remote' },
  { status: 'answered', sipCode: 200, hangupBy: 'agent' },
];

test('a sheet is dialed from the first lead to the last, and everything about it is filed', async ({
  agent,
}) => {
  const { page, sheets, workspace, sip, session } = agent;
  await sheets.goto();
  await sheets.choose(csvFile(LEADS, 'spring.csv'));
  await expect(sheets.counts).toContainText('8 will be dialed');
  await expect(sheets.role('Phone')).toHaveValue('phone');
  await sheets.start();

  // Only the conversations need the agent: nobody presses anything for the others.
  for (const lead of [LEADS[0], LEADS[5]]) {
    await workspace.expectTalkingTo(lead?.name ?? '');
    await expect(workspace.lead).toContainText(lead?.city ?? '');
    await workspace.talkFor(1);
    await page.keyboard.press('h');
  }
  await workspace.expectTalkingTo(LEADS[7]?.name ?? '');
  await workspace.talkFor(1);
  await page.keyboard.press('h');
  await workspace.expectDialer('finished');

  await expect(workspace.call).toContainText('Sheet finished');
  await expect(workspace.results).toHaveCount(8);
  for (const [status, count] of [
    ['answered', 4],
    ['busy', 1],
    ['no-answer', 1],
    ['rejected', 1],
    ['invalid-number', 1],
    ['failed', 0],
    ['cancelled', 0],
  ] as const)
    await expect(workspace.outcome(status)).toContainText(String(count));

  expect(sip.dialed).toEqual(LEADS.map(({ phone }) => phone));
  for (const [index, expected] of OUTCOMES.entries()) {
    const call = await filedCall(session, LEADS[index]?.phone ?? '');
    expect(call, `the call to ${LEADS[index]?.phone}`).toMatchObject({
      ...expected,
      attempt: 1,
      lead: { name: LEADS[index]?.name },
    });
    expect(Boolean(call.recording)).toBe(call.status === 'answered');
  }
  expect(await callsOf(session)).toHaveLength(8);
  await expect.poll(conversations, 'calls left up at the switch').toBe(0);

  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Sheets' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'spring' })).toContainText('Finished');
});

test('wrap-up holds the next call until its time is over, or the agent is ready', async ({ agent }) => {
  const { page, sheets, workspace, sip, api } = agent;
  const leads = leadsEndingIn('811');
  await sheets.goto();
  await sheets.choose(csvFile(leads));
  await sheets.start();
  // The other calls end at once: what is set in this one is in force for all.
  await workspace.expectTalkingTo(leads[0]?.name ?? '');
  await page.getByLabel('Wrap-up').fill('2');
  await page.getByLabel('Wrap-up').press('Enter');
  await workspace.press('Hang up');
  await workspace.expectDialer('wrapUp');
  expect(sip.dialed).toHaveLength(1);
  await workspace.press('Ready now');
  await workspace.expectDialer('finished', 20_000);
  expect(sip.dialed).toEqual(leads.map(({ phone }) => phone));
  const [last, before] = (await api(endpoints.calls.list, { query: {} })).items;
  const gapMs = Date.parse(last?.startedAt ?? '') - Date.parse(before?.startedAt ?? '');
  expect(gapMs).toBeGreaterThanOrEqual(2000);
  const me = await api(endpoints.me.show, {});
  expect(me.agent?.wrapUpSeconds, 'kept for the next sign-in').toBe(2);
});
