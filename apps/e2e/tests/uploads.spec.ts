import { callsOf, filedCall } from '../src/calls';
import { expect, test } from '../src/fixtures';
import { csvFile, leadsEndingIn } from '../src/sheets';

/** All that a call leaves behind: its report, and its recording in chunks. */
const UPLOAD = /\/api\/calls\/[^/]+\/(report|recording\/)/;
const CHUNKS = /\/recording\/chunks\//;

test.describe('recordings that cannot be sent', () => {
  test('do not hold up the next call, are counted, and arrive when the network is back', async ({
    agent,
  }) => {
    const { page, sheets, workspace, dock, session } = agent;
    const leads = leadsEndingIn('666');
    await page.route(UPLOAD, (route) => route.abort('connectionfailed'));
    await sheets.goto();
    await sheets.choose(csvFile(leads));
    await sheets.start();
    await workspace.expectDialer('finished', 30_000);
    await expect(dock.root.getByText('3 waiting')).toBeVisible();
    await dock.open();
    await expect(dock.root.getByText('3 recordings wait to be sent.')).toBeVisible();
    expect((await callsOf(session)).filter(({ recording }) => recording)).toEqual([]);

    await page.unroute(UPLOAD);
    // What the browser does when the network comes back.
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(dock.root.getByText('All calls and recordings are on the server.')).toBeVisible();
    for (const { phone } of leads) {
      const call = await filedCall(session, phone);
      expect(call).toMatchObject({ status: 'answered', hangupBy: 'remote' });
      expect(call.talkMs).toBeGreaterThan(2_500);
    }
  });

  test('survive a reload', async ({ agent }) => {
    const { page, sheets, dock, session } = agent;
    await page.route(UPLOAD, (route) => route.abort('connectionfailed'));
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550168');
    await dock.expectCall('connected');
    await expect(dock.call.getByText('0:02')).toBeVisible();
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    await expect(dock.root.getByText('1 waiting')).toBeVisible();
    await page.reload();
    await expect(dock.root.getByText('1 waiting')).toBeVisible();
    expect(await callsOf(session)).toMatchObject([{ status: 'in-progress', recording: null }]);

    await page.unroute(UPLOAD);
    await page.reload();
    const call = await filedCall(session, '+12025550168');
    expect(call).toMatchObject({ status: 'answered', hangupBy: 'agent' });
    expect(call.recording?.durationMs).toBeGreaterThan(1_500);
    await expect(dock.root.getByText('waiting')).toBeHidden();
  });

  test('wait while the computer is offline in mid-call, and the call itself goes on', async ({ agent }) => {
    const { page, context, sheets, dock, session } = agent;
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550178');
    await dock.expectCall('connected');
    await context.setOffline(true);
    await expect(dock.call.getByText('0:03')).toBeVisible();
    await dock.expectCall('connected');
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    await expect(dock.root.getByText('1 waiting')).toBeVisible();
    await context.setOffline(false);
    const call = await filedCall(session, '+12025550178');
    expect(call).toMatchObject({ status: 'answered', hangupBy: 'agent' });
    await dock.expectReady();
    await page.close();
  });
});
