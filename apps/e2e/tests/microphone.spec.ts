import { chromium } from '@playwright/test';
import { callsOf } from '../src/calls';
import { CHROMIUM, chromiumArgs, type MicrophoneKind } from '../src/chromium';
import { endpoints, expect, sitDown, test } from '../src/fixtures';
import type { Outdial } from '../src/outdial';
import { microphoneWav } from '../src/run';
import { csvFile, leadsEndingIn } from '../src/sheets';

/** An agent at a computer with this microphone. */
async function agentWith(microphone: MicrophoneKind, outdial: Outdial) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: chromiumArgs(microphone) });
  const context = await browser.newContext({ baseURL: outdial.run.webUrl, locale: 'en-US' });
  const person = await outdial.person(await outdial.organization('Quiet'), 'agent', 'Mary Jackson');
  return { browser, ...(await sitDown(outdial, person, context, await context.newPage())) };
}

const CASES = [
  { microphone: { kind: 'refused' }, words: 'Microphone is blocked. Click the lock in the address bar' },
  { microphone: { kind: 'absent' }, words: 'No microphone found. Plug one in, then try again.' },
] as const;

for (const { microphone, words } of CASES) {
  test(`a microphone that is ${microphone.kind} is told with a way out, and nobody is dialed`, async ({
    outdial,
  }) => {
    const { browser, page, sheets, workspace, dock, session, sip, api } = await agentWith(
      microphone,
      outdial,
    );
    await sheets.goto();
    await sheets.choose(csvFile(leadsEndingIn('88')));
    await sheets.start();
    await workspace.expectDialer('paused');
    const alert = workspace.call.getByRole('alert').filter({ hasText: words });
    await expect(alert).toBeVisible();
    await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(dock.root.getByText('No microphone', { exact: true })).toBeVisible();

    // By hand it says the same.
    await dock.dial('+12025550108');
    await expect(dock.root.getByText(words).first()).toBeVisible();
    expect(sip.dialed).toEqual([]);
    expect(await callsOf(session)).toEqual([]);
    const queue = await api(endpoints.queue.show, { params: { sheetId: workspace.sheetId }, query: {} });
    expect(queue.counts).toMatchObject({ total: 2, remaining: 2 });
    await page.close();
    await browser.close();
  });
}

test('a microphone that is allowed after all is taken with “Try again”', async ({ outdial }) => {
  const speaks: MicrophoneKind = { kind: 'speaks', wav: microphoneWav() };
  // Without the flag that answers the question: permissions are then the context's, as a person sets them.
  const args = chromiumArgs(speaks).filter((flag) => flag !== '--use-fake-ui-for-media-stream');
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...args, '--deny-permission-prompts'],
  });
  const context = await browser.newContext({ baseURL: outdial.run.webUrl, locale: 'en-US' });
  const person = await outdial.person(await outdial.organization('Quiet'), 'agent', 'Mary Jackson');
  const { sheets, workspace, sip } = await sitDown(outdial, person, context, await context.newPage());
  await sheets.goto();
  await sheets.choose(csvFile(leadsEndingIn('8')));
  await sheets.start();
  await workspace.expectDialer('paused');
  await context.grantPermissions(['microphone'], { origin: outdial.run.webUrl });
  await workspace.call.getByRole('button', { name: 'Try again' }).click();
  await expect(workspace.call.getByText('Microphone is blocked')).toBeHidden();
  await workspace.press('Resume');
  await workspace.expectCall('connected');
  expect(sip.dialed).toHaveLength(1);
  await workspace.press('Hang up');
  await workspace.expectDialer('finished');
  await browser.close();
});
