import { readFile } from 'node:fs/promises';
import { filedCall, recordingBytes } from '../src/calls';
import { endpoints, expect, signInBrowser, test } from '../src/fixtures';
import { HistoryPage } from '../src/pages/history-page';
import { csvFile, leadsEndingIn } from '../src/sheets';

test.describe('the call history', () => {
  test('keeps its filters in the address, and Back goes back', async ({
    agent: { person, page, api },
    outdial,
  }) => {
    await outdial.history(person);
    const history = await new HistoryPage(page).goto();
    await expect(history.rows.first()).toBeVisible();
    await history.filterStatus('Busy');
    await expect(page).toHaveURL(/[?&]status=busy/);
    const { items } = await api(endpoints.calls.list, { query: { status: 'busy' } });
    await expect(history.rows).toHaveCount(items.length);
    await expect(history.rows.locator('[data-call-status]:not([data-call-status="busy"])')).toHaveCount(0);

    const digits = items[0]?.destination.slice(-3) ?? '';
    await history.filterNumber(digits);
    await expect(page).toHaveURL(new RegExp(`number=${digits}`));
    await expect(history.rows.first()).toContainText(digits);
    await page.goBack();
    await expect(page).not.toHaveURL(/number=/);
    await expect(history.rows).toHaveCount(items.length);
    await page.goBack();
    await expect(page).toHaveURL(history.path);
    await expect.poll(() => history.rows.count()).toBeGreaterThan(items.length);

    // No number has letters: it is looked for among the names.
    await history.goto('?status=answered,busy&number=nonsense');
    await expect(page.getByText('No calls match')).toBeVisible();
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect(page).toHaveURL(history.path);
  });

  test('shows only days that were chosen, in the viewer’s zone', async ({
    agent: { person, page },
    outdial,
  }) => {
    await outdial.history(person);
    const history = await new HistoryPage(page).goto('?from=2019-01-01&to=2019-01-02');
    await expect(page.getByText('No calls match')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(history.rows.first()).toBeVisible();
    await page.getByRole('button', { name: 'Days' }).click();
    await page.getByRole('button', { name: 'Last 7 days' }).click();
    await expect(page).toHaveURL(/from=.*to=/);
  });

  test('loads all pages of a long history while one scrolls', async ({
    agent: { person, page, api },
    outdial,
  }) => {
    await outdial.history(person);
    let total = 0;
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const found = await api(endpoints.calls.list, { query: { limit: 100, ...(cursor && { cursor }) } });
      total += found.items.length;
      cursor = found.nextCursor;
    }
    expect(total).toBeGreaterThan(80);
    const history = await new HistoryPage(page).goto();
    await expect(history.rows.first()).toBeVisible();
    const list = page.getByRole('region', { name: 'List of calls' });
    await expect(async () => {
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await expect(page.getByRole('table')).toHaveAttribute('aria-rowcount', String(total + 1), {
        timeout: 500,
      });
    }).toPass();
  });

  test('opens a call with its waveform, timeline and lead; the player seeks, and the file is the file', async ({
    agent,
  }) => {
    const { page, sheets, workspace, session } = agent;
    const leads = leadsEndingIn('6');
    await sheets.goto();
    await sheets.choose(csvFile(leads, 'autumn.csv'));
    await sheets.start();
    await workspace.expectDialer('finished', 20_000);
    const call = await filedCall(session, leads[0]?.phone ?? '');

    const loaded: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'fetch' && request.url().includes('/recordings/'))
        loaded.push(new URL(request.url()).pathname);
    });
    const history = await new HistoryPage(page).goto();
    await history.rows.getByRole('button', { name: leads[0]?.name ?? '' }).click();
    await expect(page).toHaveURL(new RegExp(`call=${call.id}`));
    const { detail, recording } = history;
    await expect(recording).toHaveAttribute('data-waveform', 'ready');
    // Drawn from what the server keeps of it: the sound itself is not loaded for that.
    expect(new Set(loaded)).toEqual(new Set([`/api/recordings/${call.id}/peaks`]));
    await expect(detail.getByRole('region', { name: 'Timeline' }).getByRole('listitem')).toHaveText([
      /Dialed/,
      /Ringing/,
      /Answered/,
      /Hung up|Ended/,
      /Recording stored/,
    ]);
    await expect(detail.getByRole('region', { name: 'Lead' })).toContainText('Washington');
    await expect(detail.getByRole('region', { name: 'Facts' })).toContainText('autumn');

    await recording.getByLabel('Position in the recording').fill('2');
    await expect.poll(() => history.position()).toBeCloseTo(2, 1);
    await recording.getByRole('button', { name: 'Play recording' }).click();
    await expect.poll(() => history.position()).toBeGreaterThan(2.2);
    await recording.getByRole('button', { name: 'Back 5 seconds' }).click();
    await expect.poll(() => history.position()).toBeLessThan(1.5);

    const downloading = page.waitForEvent('download');
    await recording.getByRole('link', { name: 'Download recording' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.webm$/);
    expect(await readFile(await download.path())).toEqual(await recordingBytes(session, call));

    await page.keyboard.press('Escape');
    await expect(detail).toBeHidden();
    await expect(page).toHaveURL(history.path);
    await page.goBack();
    await expect(detail).toBeVisible();
    await page.reload();
    await expect(detail.getByText(leads[0]?.name ?? '').first()).toBeVisible();
  });

  test("is the organization's for a manager, with a filter by agent, and changes while one looks", async ({
    agent,
    outdial,
    anotherComputer,
  }) => {
    const { organizationId } = agent.person;
    const colleague = await outdial.person(organizationId, 'agent', 'Katherine Johnson');
    await outdial.history(colleague);
    const context = await anotherComputer();
    await signInBrowser(outdial, await outdial.person(organizationId, 'manager', 'Maya'), context);
    const history = await new HistoryPage(await context.newPage(), 'manager').goto();
    await expect(history.rows.first()).toContainText('Katherine Johnson');

    await agent.sheets.goto();
    await agent.dock.expectReady();
    await agent.dock.dial('+12025550161');
    await expect(history.rows.first()).toContainText('Ada Lovelace');
    await expect(history.rows.first()).toContainText('Busy');
    await history.page.getByRole('combobox', { name: 'Agent' }).selectOption({ label: 'Ada Lovelace' });
    await expect(history.rows).toHaveCount(1);

    const own = await new HistoryPage(agent.page).goto();
    await expect(own.rows).toHaveCount(1);
    await expect(agent.page.getByRole('combobox', { name: 'Agent' })).toHaveCount(0);
  });
});
