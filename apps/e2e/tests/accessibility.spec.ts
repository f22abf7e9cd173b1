import type { BrowserContext, Page } from '@playwright/test';
import { accessibilityProblems, overflowsSideways } from '../src/accessibility';
import { filedCall } from '../src/calls';
import { expect, signInBrowser, test } from '../src/fixtures';
import { LoginPage } from '../src/pages/login-page';
import { untilLive } from '../src/pages/shell';
import { csvFile, leadsEndingIn } from '../src/sheets';

const LOOKS = [
  { scheme: 'light', width: 1440, height: 900 },
  { scheme: 'dark', width: 1440, height: 900 },
  { scheme: 'light', width: 390, height: 844 },
  { scheme: 'dark', width: 390, height: 844 },
] as const;

/** For pages made of the same parts as one that was looked at in every way. */
const TWO_LOOKS = [LOOKS[0], LOOKS[3]];

/** Set to a folder to keep a picture of every page in every look. */
const SHOTS = process.env.OUTDIAL_E2E_SHOTS;

/** Looks at the page as it stands in light and dark, wide and narrow. */
async function expectAccessible(
  page: Page,
  name: string,
  looks: readonly (typeof LOOKS)[number][] = LOOKS,
): Promise<void> {
  for (const { scheme, width, height } of looks) {
    const look = `${name}, ${scheme}, ${width} px`;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveClass(scheme === 'dark' ? /dark/ : /^(?!.*\bdark\b)/);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-${scheme}-${width}.png` });
    expect.soft(await accessibilityProblems(page), look).toEqual([]);
    expect.soft(await overflowsSideways(page), `${look}: scrolls sideways`).toBe(false);
  }
}

async function open(
  context: BrowserContext,
  path: string,
  ready: (page: Page) => Promise<void>,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(path);
  await untilLive(page);
  await ready(page);
  return page;
}

test.describe('no page keeps anyone out', () => {
  // Each page is read four times: light and dark, wide and narrow.
  test.slow();

  test('sign-in and not-found', async ({ page }) => {
    await new LoginPage(page).goto();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Give your password.')).toBeVisible();
    await expectAccessible(page, 'login');
    await page.goto('/no-such-page');
    await expectAccessible(page, 'not-found');
  });

  test("an agent's pages, empty and with a history", async ({
    agent: { person, page, context, sheets },
    outdial,
  }) => {
    await sheets.goto();
    await expect(page.getByText('Talk time')).toBeVisible();
    await expectAccessible(page, 'agent-new');
    await page.close();
    await outdial.history(person);
    for (const [name, path, text] of [
      ['agent-home', '/dashboard/agent', 'Talk time'],
      ['agent-sheets', '/dashboard/agent/sheets', 'Autumn renewals'],
      ['agent-calls', '/dashboard/agent/calls', 'Autumn renewals'],
    ] as const) {
      const opened = await open(context, path, (each) => expect(each.getByText(text).first()).toBeAttached());
      await expectAccessible(opened, name);
      await opened.close();
    }
  });

  test('a sheet being looked through', async ({ agent: { page, sheets } }) => {
    await sheets.goto();
    const rows = [...leadsEndingIn('01234567'), { name: 'Nobody', phone: 'none' }, ...leadsEndingIn('0')];
    await sheets.choose(csvFile(rows));
    await page.getByRole('button', { name: /1 rejected/ }).click();
    await expectAccessible(page, 'sheet-review');
  });

  test('the workspace: before, in a call, in wrap-up and at the end', async ({ agent }) => {
    const { page, sheets, workspace } = agent;
    const leads = leadsEndingIn('83');
    await sheets.goto();
    await sheets.choose(csvFile(leads));
    await sheets.start();
    await workspace.expectTalkingTo(leads[0]?.name ?? '');
    await page.getByLabel('Wrap-up').fill('120');
    await page.getByLabel('Wrap-up').press('Enter');
    await workspace.press('Keypad');
    await workspace.press('Mute');
    await expectAccessible(page, 'workspace-talking');
    await workspace.press('Mute');
    await workspace.press('Hold');
    await workspace.expectCall('held');
    await expectAccessible(page, 'workspace-held', TWO_LOOKS);
    await workspace.press('Hang up');
    await workspace.expectDialer('wrapUp');
    await expectAccessible(page, 'workspace-wrap-up', TWO_LOOKS);
    await workspace.press('Pause');
    await workspace.expectDialer('paused');
    await expectAccessible(page, 'workspace-paused', TWO_LOOKS);
    await page.getByLabel('Wrap-up').fill('0');
    await page.getByLabel('Wrap-up').press('Enter');
    await workspace.press('Resume');
    await workspace.expectDialer('finished');
    await expect(workspace.results).toHaveCount(2);
    await expectAccessible(page, 'workspace-finished', TWO_LOOKS);
  });

  test('a call with its recording, and the phone dock', async ({ agent }) => {
    const { page, sheets, dock, session } = agent;
    await sheets.goto();
    await dock.expectReady();
    await dock.dial('+12025550118');
    await dock.expectCall('connected');
    await expect(dock.call.getByText('0:02')).toBeVisible();
    await expectAccessible(page, 'dock-in-a-call');
    await dock.call.getByRole('button', { name: 'Hang up' }).click();
    const { id } = await filedCall(session, '+12025550118');
    await page.goto(`/dashboard/agent/calls?call=${id}`);
    await expect(page.locator('[data-waveform="ready"]')).toBeVisible();
    await expectAccessible(page, 'call-detail');
  });

  test('the pages of managers and superadmins', async ({ outdial, agent, anotherComputer }) => {
    const { organizationId } = agent.person;
    await outdial.history(agent.person);
    for (const role of ['manager', 'superadmin'] as const) {
      const context = await anotherComputer();
      await signInBrowser(outdial, await outdial.person(organizationId, role, `Maya ${role}`), context);
      for (const [name, path] of [
        ['today', `/dashboard/${role}`],
        ['calls', `/dashboard/${role}/calls`],
        ['people', `/dashboard/${role}/people`],
      ] as const) {
        const page = await open(context, path, (each) =>
          expect(each.getByRole('main').getByText('Ada Lovelace').first()).toBeAttached(),
        );
        await expectAccessible(page, `${role}-${name}`, role === 'manager' ? LOOKS : TWO_LOOKS);
        await page.close();
      }
    }
  });

  test('menus and dialogs', async ({ agent: { page, sheets } }) => {
    await sheets.goto();
    await page.getByRole('button', { name: 'Theme' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    expect(await accessibilityProblems(page), 'theme menu').toEqual([]);
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveClass(/dark/);
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Where you are signed in' }).click();
    await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(1);
    expect(await accessibilityProblems(page), 'sessions').toEqual([]);
    await page.reload();
    await expect(page.locator('html')).toHaveClass(/dark/);
  });

  test('the way from sign-in to the first call needs no mouse', async ({ page, outdial }) => {
    const organizationId = await outdial.organization('Keys');
    const { email } = await outdial.person(organizationId, 'agent', 'Grace Hopper');
    await new LoginPage(page).goto();
    await expect(page.getByLabel('Email')).toBeFocused();
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await page.keyboard.type('outdial-demo');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/dashboard/agent');
    await untilLive(page);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Enter');
    const choosing = page.waitForEvent('filechooser');
    await tabTo(page, 'Upload sheet');
    await page.keyboard.press('Enter');
    await (await choosing).setFiles(csvFile(leadsEndingIn('3')));
    await expect(page.getByRole('button', { name: 'Start dialing' })).toBeEnabled();
    await tabTo(page, /^Start dialing/);
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-dialer-state="finished"]')).toBeVisible();
  });
});

/** Presses Tab until the button has the focus. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  for (let presses = 0; presses < 25; presses++) {
    if (await button.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`“${name}” was not reached with the Tab key.`);
}
