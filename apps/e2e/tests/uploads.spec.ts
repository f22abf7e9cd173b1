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

  test('hold up no report, and are asked about before the page is closed', async ({ agent }) => {
    const { page, sheets, dock, session } = agent;
    await page.route(CHUNKS, (route) => route.abort('connectionfailed'));
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550188');
    await dock.expectCall('connected');
    await expect(dock.call.getByText('0:02')).toBeVisible();
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    await expect
      .poll(() => callsOf(session))
      .toMatchObject([{ status: 'answered', hangupBy: 'agent', recording: null }]);
    await expect(dock.root.getByText('1 waiting')).toBeVisible();

    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();

    await page.unroute(CHUNKS);
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    const call = await filedCall(session, '+12025550188');
    expect(call.recording?.durationMs).toBeGreaterThan(1_500);
    await page.close();
  });

  test('because the server refuses them are shown, and dropped when the agent says so', async ({ agent }) => {
    const { page, sheets, dock, session } = agent;
    const refusal = { success: false, code: 'payload-too-large', message: 'The recording is too large.' };
    await page.route(CHUNKS, (route) => route.fulfill({ status: 413, json: refusal }));
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550198');
    await dock.expectCall('connected');
    await expect(dock.call.getByText('0:02')).toBeVisible();
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    await dock.open();
    const refused = dock.root.getByRole('alert').filter({ hasText: '1 recording was refused' });
    await expect(refused).toContainText('The recording is too large.');
    await refused.getByRole('button', { name: /^Discard the recording/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
    await expect(refused).toBeHidden();
    await page.reload();
    await dock.open();
    await expect(dock.root.getByText('All calls and recordings are on the server.')).toBeVisible();
    expect(await callsOf(session)).toMatchObject([{ status: 'answered', recording: null }]);
    await page.close();
  });

  test('do not end with the call: what was sent during it is there already', async ({ agent }) => {
    const { page, sheets, dock, session } = agent;
    const sent: string[] = [];
    page.on('response', (response) => {
      if (CHUNKS.test(response.url()) && response.status() === 204) sent.push(response.url());
    });
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550158');
    await dock.expectCall('connected');
    await expect(dock.call.getByText('0:06')).toBeVisible();
    expect(sent.length).toBeGreaterThanOrEqual(3);
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    await filedCall(session, '+12025550158');
    expect(new Set(sent).size).toBe(sent.length);
    await page.close();
  });
});
