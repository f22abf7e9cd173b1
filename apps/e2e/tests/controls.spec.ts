import { callsOf, filedCall } from '../src/calls';
import { endpoints, expect, test } from '../src/fixtures';
import { csvFile, leadsEndingIn } from '../src/sheets';
import { crashSwitch } from '../src/switch';

test.describe('while a sheet is dialed', () => {
  test('pause, resume, skip, retry and stop do what they say', async ({ agent }) => {
    const { sheets, workspace, sip, api, session } = agent;
    // Two that ring, one that talks, two that talk.
    const leads = leadsEndingIn('22888');
    await sheets.goto();
    await sheets.choose(csvFile(leads));
    await sheets.start();

    await workspace.expectCall('ringing');
    await workspace.press('Skip');
    await expect(workspace.lead.getByRole('heading', { name: leads[1]?.name ?? '' })).toBeVisible();
    await workspace.expectCall('ringing');
    await workspace.press('Pause');
    await expect(workspace.call).toContainText('Dialing pauses after this call.');
    await workspace.press('Hang up');
    await workspace.expectDialer('paused');
    await expect(workspace.lead).toContainText(leads[2]?.name ?? '');

    await workspace.press('Retry');
    await expect(workspace.lead.getByRole('heading', { name: leads[1]?.name ?? '' })).toBeVisible();
    await workspace.expectCall('ringing');
    await workspace.press('Hang up');
    await workspace.expectDialer('paused');

    await workspace.press('Resume');
    await workspace.expectTalkingTo(leads[2]?.name ?? '');
    await workspace.press('Stop');
    await expect(workspace.call).toContainText('Dialing stops after this call.');
    await workspace.press('Hang up');
    await workspace.expectDialer('stopped');

    const numbers = leads.map(({ phone }) => phone);
    expect(sip.dialed).toEqual([numbers[0], numbers[1], numbers[1], numbers[2]]);
    const where = { params: { sheetId: workspace.sheetId }, query: {} };
    await expect
      .poll(() => api(endpoints.queue.show, where))
      .toMatchObject({ counts: { remaining: 2 }, dialer: null });
    await expect
      .poll(async () => (await callsOf(session)).map(({ status, attempt }) => `${status} ${attempt}`))
      .toEqual(['cancelled 1', 'cancelled 1', 'cancelled 2', 'answered 1']);
  });

  test('every command has its key, and none fires while typing', async ({ agent }) => {
    const { page, sheets, workspace, sip } = agent;
    const { keyboard } = page;
    const leads = leadsEndingIn('8288');
    await sheets.goto();
    await sheets.choose(csvFile(leads));
    await expect(sheets.startButton).toBeEnabled();
    await sheets.startButton.focus();
    await keyboard.press('Enter');
    await workspace.expectTalkingTo(leads[0]?.name ?? '');

    await page.getByLabel('Wrap-up').focus();
    for (const key of ['h', 'm', 'o', 's', ' ']) await keyboard.press(key);
    await page.getByLabel('Wrap-up').blur();
    await workspace.expectCall('connected');
    await expect(workspace.button('Mute')).toHaveAttribute('aria-pressed', 'false');
    await expect(workspace.button('Pause')).toBeVisible();

    await keyboard.press('m');
    await expect(workspace.button('Mute')).toHaveAttribute('aria-pressed', 'true');
    await keyboard.press('m');
    await expect(workspace.button('Mute')).toHaveAttribute('aria-pressed', 'false');
    await keyboard.press('o');
    await workspace.expectCall('held');
    await keyboard.press('o');
    await workspace.expectCall('connected');
    await keyboard.press('k');
    await expect(page.getByRole('group', { name: 'Dial pad' })).toBeVisible();
    await keyboard.press('k');
    await expect(page.getByRole('group', { name: 'Dial pad' })).toBeHidden();
    await keyboard.press('h');

    await expect(workspace.lead.getByRole('heading', { name: leads[1]?.name ?? '' })).toBeVisible();
    await workspace.expectCall('ringing');
    await keyboard.press('n');
    await workspace.expectTalkingTo(leads[2]?.name ?? '');
    await keyboard.press('Space');
    await expect(workspace.button('Resume')).toBeVisible();
    await keyboard.press('h');
    await workspace.expectDialer('paused');
    await keyboard.press('Space');
    await workspace.expectTalkingTo(leads[3]?.name ?? '');
    await keyboard.press('s');
    await keyboard.press('h');
    await workspace.expectDialer('stopped');
    await keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    expect(sip.dialed).toEqual(leads.map(({ phone }) => phone));
  });

  test('a double click on “Start dialing” takes the sheet in once and dials once', async ({ agent }) => {
    const { sheets, workspace, sip, api } = agent;
    await sheets.goto();
    await sheets.choose(csvFile(leadsEndingIn('133')));
    await sheets.startButton.dblclick();
    await workspace.expectDialer('finished');
    await expect
      .poll(async () => (await api(endpoints.sheets.list, { query: {} })).items)
      .toMatchObject([{ counts: { taken: 3 }, status: 'finished' }]);
    expect(sip.dialed).toHaveLength(3);
  });

  test('a double click on Hang up, Skip or Start counts once', async ({ agent }) => {
    const { sheets, workspace, sip } = agent;
    const leads = leadsEndingIn('2828');
    const [, second, third, fourth] = leads.map(({ name }) => name);
    // A person's two clicks, with time in between for the screen to change.
    const twice = { clickCount: 2, delay: 120 };
    await sheets.goto();
    await sheets.choose(csvFile(leads));
    await sheets.start();
    await workspace.expectCall('ringing');
    await workspace.button('Skip').click(twice);
    await workspace.expectTalkingTo(second ?? '');
    await workspace.button('Hang up').click(twice);
    await expect(workspace.lead.getByRole('heading', { name: third ?? '' })).toBeVisible();
    await workspace.expectCall('ringing');
    await workspace.press('Stop');
    await workspace.press('Hang up');
    await workspace.expectDialer('stopped');
    await workspace.button('Start dialing').click(twice);
    await workspace.expectTalkingTo(fourth ?? '');
    await expect(workspace.button('Pause')).toBeEnabled();
    await workspace.press('Hang up');
    await workspace.expectDialer('finished');
    expect(sip.dialed).toEqual(leads.map(({ phone }) => phone));
  });

  test('a lost phone pauses it and says so; both come back by themselves, and nobody is passed over', async ({
    agent,
  }) => {
    const { sheets, workspace, dock, sip } = agent;
    const leads = leadsEndingIn('233');
    await sheets.goto();
    await sheets.choose(csvFile(leads));
    await sheets.start();
    await workspace.expectCall('ringing');
    await crashSwitch();
    await expect(workspace.call.getByText(/phone server/).first()).toBeVisible();
    await workspace.expectDialer('paused', 20_000);
    expect(sip.dialed).toHaveLength(1);
    await dock.expectReady(30_000);
    await workspace.expectDialer('finished', 30_000);
    const numbers = leads.map(({ phone }) => phone);
    expect(sip.dialed).toEqual([numbers[0], ...numbers]);
  });
});

test.describe('a call by hand', () => {
  test('is dialed from the pad as people write the number, and can be cancelled', async ({ agent }) => {
    const { dock, sheets, session, sip } = agent;
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('not a number');
    await expect(dock.root.getByText('This is not a telephone number.')).toBeVisible();
    await dock.dial('(202) 555-0152');
    await dock.expectCall('ringing');
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    await expect(dock.call).toBeHidden();
    expect(await filedCall(session, '+12025550152')).toMatchObject({
      status: 'cancelled',
      hangupBy: 'agent',
    });

    for (const digit of ['*', '4', '3'])
      await dock.root
        .getByRole('group', { name: 'Dial pad' })
        .getByRole('button', { name: digit, exact: true })
        .click();
    await expect(dock.number).toHaveValue('*43');
    await dock.root.getByRole('button', { name: 'Call', exact: true }).click();
    await dock.expectCall('connected');
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    expect(sip.dialed).toEqual(['+12025550152', '*43']);
  });

  test('has its connection before it is dialed, and is dialed once however often one clicks', async ({
    agent,
  }) => {
    const { page, dock, sheets, session, sip } = agent;
    await page.addInitScript(watchConnections);
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550148');
    await dock.expectCall('connected');
    await expect.poll(() => page.evaluate(connectionsMade), 'the next call’s is made in this one').toBe(2);
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    await expect(dock.call).toBeHidden();

    await dock.number.fill('+12025550158');
    await dock.root.getByRole('button', { name: 'Call', exact: true }).dblclick();
    await dock.expectCall('connected');
    expect(await page.evaluate(connectionsMadeInDialing)).toBe(0);
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    expect(sip.dialed).toEqual(['+12025550148', '+12025550158']);
    expect(await filedCall(session, '+12025550158')).toMatchObject({ status: 'answered' });
  });

  test('sends the digits of the keypad to the other side', async ({ agent }) => {
    const { page, dock, sheets } = agent;
    await page.addInitScript(watchTones);
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550148');
    await dock.expectCall('connected');
    await dock.call.getByRole('button', { name: 'Keypad' }).click();
    const pad = dock.call.getByRole('group', { name: 'Dial pad' });
    for (const digit of ['1', '9', '#']) await pad.getByRole('button', { name: digit, exact: true }).click();
    await expect.poll(() => page.evaluate(() => Reflect.get(window, 'tonesSent'))).toBe('19#');
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
  });

  test('goes on while one looks at other pages, and leaving Outdial asks first', async ({ agent }) => {
    const { page, dock, sheets } = agent;
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550138');
    await dock.expectCall('connected');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Call history' }).click();
    await expect(page).toHaveURL('/dashboard/agent/calls');
    await dock.expectCall('connected');

    const asked = page.waitForEvent('dialog');
    const leaving = page.goto('/login').catch(() => undefined);
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await leaving;
    await dock.expectCall('connected');
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    await expect(dock.call).toBeHidden();
  });
});

/** Marks on the page's timeline when a peer connection is made. */
function watchConnections(): void {
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      performance.mark('connection-made');
    }
  };
}

const connectionsMade = () => performance.getEntriesByName('connection-made').length;

/** Between the last dial and its INVITE, by the phone's own marks. */
function connectionsMadeInDialing(): number {
  const last = (name: string) => performance.getEntriesByName(name).at(-1)?.startTime ?? Number.NaN;
  const [from, to] = [last('outdial:dial'), last('outdial:invite-sent')];
  return performance
    .getEntriesByName('connection-made')
    .filter(({ startTime }) => startTime >= from && startTime <= to).length;
}

/** Notes every tone the browser says it has played to the other side (WebRTC, RTCDTMFSender `tonechange`). */
function watchTones(): void {
  Reflect.set(window, 'tonesSent', '');
  const watched = new WeakSet<RTCDTMFSender>();
  const { insertDTMF } = RTCDTMFSender.prototype;
  RTCDTMFSender.prototype.insertDTMF = function (...args) {
    if (!watched.has(this)) {
      watched.add(this);
      this.addEventListener('tonechange', ({ tone }) =>
        Reflect.set(window, 'tonesSent', Reflect.get(window, 'tonesSent') + tone),
      );
    }
    return insertDTMF.apply(this, args);
  };
}
