import { callsOf, filedCall } from '../src/calls';
import { endpoints, expect, sitDown, test } from '../src/fixtures';
import { csvFile, leadsEndingIn } from '../src/sheets';
import { conversations } from '../src/switch';

test.describe('the queue', () => {
  test('goes on after a reload where it stopped, and dials nobody twice', async ({ agent }) => {
    const { page, sheets, workspace, sip, session } = agent;
    const leads = leadsEndingIn('3813');
    await sheets.goto();
    await sheets.choose(csvFile(leads));
    await sheets.start();
    await workspace.expectTalkingTo(leads[1]?.name ?? '');
    await workspace.talkFor(2);
    const asked = page.waitForEvent('dialog');
    const reloading = page.reload();
    await (await asked).accept();
    await reloading;

    // The one who was on the line is not called again unasked.
    await expect(workspace.button('Start dialing')).toBeEnabled();
    await expect(workspace.comingLeads).toHaveCount(2);
    await workspace.press('Start dialing');
    await workspace.expectDialer('finished');
    expect(sip.dialed).toEqual(leads.map(({ phone }) => phone));
    const calls = await callsOf(session);
    expect(calls.map(({ destination }) => destination)).toEqual(leads.map(({ phone }) => phone));
    expect(await filedCall(session, leads[1]?.phone ?? '')).toMatchObject({ status: 'answered' });
  });

  test('is taken over by another computer only when told to, and the first one stops', async ({
    agent,
    outdial,
    anotherComputer,
  }) => {
    const leads = leadsEndingIn('8113');
    await agent.sheets.goto();
    await agent.sheets.choose(csvFile(leads));
    await agent.sheets.start();
    await agent.workspace.expectTalkingTo(leads[0]?.name ?? '');
    const { sheetId } = agent.workspace;

    const context = await anotherComputer();
    const second = await sitDown(outdial, agent.person, context, await context.newPage());
    await second.workspace.goto(sheetId);
    await second.dock.expectReady();
    await second.workspace.press('Start dialing');
    await second.workspace.expectDialer('paused');
    await expect(second.workspace.call).toContainText('dialed on another page');
    expect(second.sip.dialed).toEqual([]);

    await second.workspace.press('Resume');
    await second.workspace.expectDialer('finished');
    expect(second.sip.dialed).toEqual(leads.slice(1).map(({ phone }) => phone));

    // The conversation on the first one is not touched.
    await agent.workspace.expectCall('connected');
    await agent.workspace.press('Hang up');
    await agent.workspace.expectDialer('paused');
    await expect(agent.workspace.call).toContainText('taken this sheet over');
    expect(agent.sip.dialed).toEqual([leads[0]?.phone]);
    await expect.poll(async () => (await callsOf(agent.session)).length).toBe(4);
  });

  test('knows of a call whose page was closed: the line is freed and the row is closed', async ({
    agent,
    outdial,
  }) => {
    const { page, session, dock, sheets, person, sip } = agent;
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550158');
    await dock.expectCall('connected');
    await expect(dock.call.getByText('0:02')).toBeVisible();
    await expect.poll(conversations).toBe(1);
    await page.close();
    await expect.poll(conversations, 'the other party is let go').toBe(0);

    // What the closed page could not send any more, the next page of the same browser does.
    const again = await sitDown(outdial, person, agent.context, await agent.context.newPage());
    await again.sheets.goto();
    const call = await filedCall(session, '+12025550158');
    expect(call.status).toBe('answered');
    expect(call.talkMs).toBeGreaterThan(1_500);
    expect(sip.dialed).toEqual(['+12025550158']);
  });

  test('keeps the call of a page that crashed, with what was recorded until then', async ({
    agent,
    outdial,
  }) => {
    const { page, context, session, dock, sheets, person } = agent;
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550159');
    await dock.expectCall('connected');
    await expect(dock.call.getByText('0:03')).toBeVisible();
    const crashed = page.waitForEvent('crash');
    const devtools = await context.newCDPSession(page);
    void devtools.send('Page.crash').catch(() => undefined);
    await crashed;
    await expect.poll(conversations, { message: 'the other party is let go', timeout: 20_000 }).toBe(0);

    const again = await sitDown(outdial, person, context, await context.newPage());
    await again.sheets.goto();
    const call = await filedCall(session, '+12025550159');
    expect(call).toMatchObject({ status: 'answered', hangupBy: 'system', interrupted: true });
    expect(call.recording?.durationMs).toBeGreaterThan(1_500);
  });

  test('says when a sheet is not there, and does not dial it', async ({
    agent: { workspace, page, api },
  }) => {
    await workspace.goto('no-such-sheet');
    await expect(page.getByText('There is no such sheet')).toBeVisible();
    await expect(
      api(endpoints.queue.show, { params: { sheetId: 'no-such-sheet' }, query: {} }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
