import type { Page, Route } from '@playwright/test';
import { callsOf } from '../src/calls';
import { type Desk, endpoints, expect, test } from '../src/fixtures';
import { csvFile, leadsEndingIn } from '../src/sheets';

/** Longer than a connection takes to be ready for its INVITE, with the 500 ms that candidates may take. */
const READY_MS = 2_000;

interface Claim {
  readonly leadId: string;
  readonly dialerSessionId: string;
}

/** The next claim reaches the server only when let go; those after it pass. */
async function holdNextClaim(page: Page) {
  const held: Route[] = [];
  const isClaim = (url: URL) => url.pathname === '/api/calls';
  await page.route(isClaim, async (route) => {
    if (route.request().method() === 'POST' && held.length === 0) held.push(route);
    else await route.continue();
  });
  return {
    /** What the page asks for. */
    async asked(): Promise<Claim> {
      await expect.poll(() => held.length, 'the claim is sent').toBe(1);
      return held[0]?.request().postDataJSON();
    },
    letGo: () => held[0]?.continue(),
  };
}

/** In wrap-up, with nothing got ready for the next call: the connection in stock is dropped with the network. */
async function wrapUpWithoutSpare({ api, page, sheets, workspace }: Desk, digits: string) {
  await api(endpoints.me.updateDialerSettings, { body: { wrapUpSeconds: 60 } });
  const leads = leadsEndingIn(digits);
  await sheets.goto();
  await sheets.choose(csvFile(leads));
  await sheets.start();
  await workspace.expectDialer('wrapUp', 20_000);
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  return leads.map(({ phone }) => phone);
}

test.describe('a call whose claim is not answered yet', () => {
  test('has not left the page, also when its connection is made at the dial', async ({ agent }) => {
    const { page, workspace, sip, session } = agent;
    const [first, second] = await wrapUpWithoutSpare(agent, '13');
    const claim = await holdNextClaim(page);
    await page.keyboard.press('n');
    await claim.asked();
    await page.waitForTimeout(READY_MS);
    expect(sip.dialed).toEqual([first]);
    await workspace.expectCall('dialing');

    await claim.letGo();
    await expect.poll(() => sip.dialed).toEqual([first, second]);
    await workspace.expectDialer('wrapUp');
    expect((await callsOf(session)).map(({ destination }) => destination)).toEqual([first, second]);
  });

  test('never leaves when the lead is not to be had any more, and the next one is dialed', async ({
    agent,
  }) => {
    const { page, workspace, sip, session, api } = agent;
    const [first, , third] = await wrapUpWithoutSpare(agent, '181');
    const claim = await holdNextClaim(page);
    await page.keyboard.press('n');
    const { leadId, dialerSessionId } = await claim.asked();
    const { sheetId } = workspace;
    await api(endpoints.queue.skip, { params: { sheetId, leadId }, body: { dialerSessionId } });
    await page.waitForTimeout(READY_MS);
    await claim.letGo();

    await expect.poll(() => sip.dialed).toEqual([first, third]);
    await workspace.expectDialer('wrapUp');
    expect((await callsOf(session)).map(({ destination }) => destination)).toEqual([first, third]);
  });

  test('never leaves when the sheet was taken over meanwhile', async ({ agent }) => {
    const { page, workspace, sip, session, api } = agent;
    const [first] = await wrapUpWithoutSpare(agent, '181');
    const claim = await holdNextClaim(page);
    await page.keyboard.press('n');
    await claim.asked();
    await api(endpoints.queue.open, {
      params: { sheetId: workspace.sheetId },
      body: { dialerSessionId: crypto.randomUUID(), takeOver: true },
    });
    await page.waitForTimeout(READY_MS);
    await claim.letGo();

    await workspace.expectDialer('paused');
    expect(sip.dialed).toEqual([first]);
    expect((await callsOf(session)).map(({ destination }) => destination)).toEqual([first]);
  });
});
