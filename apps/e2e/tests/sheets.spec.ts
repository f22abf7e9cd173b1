import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { accessibilityProblems, overflowsSideways } from '../src/accessibility';
import { endpoints, expect, test } from '../src/fixtures';
import { ROOT } from '../src/run';
import { csvFile, leadsEndingIn } from '../src/sheets';

const SAMPLES = join(ROOT, 'prisma/samples');

/** Looks at the page as it stands in light and dark, narrow and wide. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const [colorScheme, width, height] of [
    ['dark', 390, 844],
    ['light', 390, 844],
    ['dark', 1440, 900],
    ['light', 1440, 900],
  ] as const) {
    const look = `${name}, ${colorScheme}, ${width} px`;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect.soft(await accessibilityProblems(page), look).toEqual([]);
    expect.soft(await overflowsSideways(page), `${look}: scrolls sideways`).toBe(false);
  }
}

test.describe('a sheet', () => {
  test('that is chosen before the page has come to life is taken', async ({ agent }) => {
    const { page, sheets } = agent;
    let letIn = () => {};
    const chosen = new Promise<void>((resolve) => {
      letIn = resolve;
    });
    await page.route('**/_next/static/**/*.js', async (route) => {
      await chosen;
      await route.continue();
    });
    await page.goto('/dashboard/agent', { waitUntil: 'commit' });
    await page.locator('input[type="file"]').setInputFiles(csvFile(leadsEndingIn('88')));
    letIn();
    await expect(sheets.counts).toContainText('2 will be dialed');
  });

  test('as it really comes is understood, and each row that is left out says why', async ({ agent }) => {
    // Four looks at a page of many fields, beside all else.
    test.slow();
    const { page, sheets, workspace, api } = agent;
    await sheets.goto();
    await sheets.choose(join(SAMPLES, 'leads-messy.csv'));
    await expect(sheets.review).toContainText('WINDOWS-1252');
    await expect(sheets.review).toContainText('separated by semicolon');
    await expect(sheets.role('Telefon')).toHaveValue('phone');
    await expect(sheets.counts).toContainText('22 rows in the file');
    await expect(sheets.counts).toContainText('10 will be dialed');
    const rows = sheets.firstRows.getByRole('row');
    await sheets.counts.getByRole('button', { name: /2 duplicates/ }).click();
    await expect(rows).toHaveCount(3);
    await expect(rows.nth(1)).toContainText('Same number as row 4');
    await sheets.counts.getByRole('button', { name: /8 rejected/ }).click();
    await expect(rows).toHaveCount(9);
    const reasons = await rows.locator('td:nth-child(2)').allTextContents();
    expect(new Set(reasons).size, 'a reason of its own for each').toBe(8);
    await expectAccessible(page, 'rejected rows');

    const downloading = page.waitForEvent('download');
    await sheets.review.getByRole('button', { name: 'Rejected as CSV' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('leads-messy - rejected.csv');
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.trim().split('\n').length).toBeGreaterThanOrEqual(9);
    // A cell that a spreadsheet would run as a formula is text.
    expect(csv).not.toMatch(/(^|[,;"\n])[=+@-]HYPERLINK/);

    // Put right where it stands, and kept beside what the sheet said.
    await page.getByLabel('Number in row 15').fill('202 555 0169');
    await page.getByLabel('Number in row 15').press('Enter');
    await expect(sheets.counts).toContainText('11 will be dialed');

    await sheets.start();
    await workspace.press('Stop');
    const { counts, name } = await api(endpoints.sheets.show, { params: { sheetId: workspace.sheetId } });
    expect({ ...counts, name }).toEqual({
      rows: 22,
      taken: 11,
      duplicates: 2,
      rejected: 7,
      known: 0,
      notData: 2,
      name: 'leads-messy',
    });
    await expect(workspace.lead).toContainText('Jürgen Müller');
  });

  test('of a spreadsheet program is read too, and nothing of it is lost', async ({ agent }) => {
    const { page, sheets, workspace, api } = agent;
    await sheets.goto();
    await sheets.choose(join(SAMPLES, 'leads.xlsx'));
    await expect(sheets.review).toContainText('XLSX');
    await expect(sheets.counts).toContainText('10 will be dialed');
    await sheets.openReadingOptions();
    await page.getByLabel('Worksheet').selectOption('Cover');
    await expect(sheets.review.getByRole('alert')).toContainText('has no rows with leads. It is still read');
    await expect(page.getByLabel('Worksheet')).toHaveValue('Leads');
    await expect(sheets.counts).toContainText('10 will be dialed');
    await sheets.start();
    await workspace.press('Stop');
    const { counts } = await api(endpoints.sheets.show, { params: { sheetId: workspace.sheetId } });
    expect(counts).toMatchObject({ taken: 10, rejected: 0 });
    const original = await agent.session.fetch(`/api/sheets/${workspace.sheetId}/file`);
    expect(Buffer.from(await original.arrayBuffer())).toEqual(await readFile(join(SAMPLES, 'leads.xlsx')));
  });

  test('that was misunderstood can be set right before a number is dialed', async ({ agent }) => {
    const { sheets, workspace, api } = agent;
    const lines = ['Home,Office,Who', '+12025550130,+12025550131,Ann', '+12025550133,+12025550141,Bob'];
    const buffer = Buffer.from(lines.join('\n'));
    await sheets.goto();
    await sheets.choose({ name: 'two-phones.csv', mimeType: 'text/csv', buffer });
    await sheets.role('Office').selectOption('Phone');
    await sheets.role('Home').selectOption('Shown to you');
    await sheets.role('Who').selectOption('Name');
    await expect(sheets.counts).toContainText('2 will be dialed');
    await sheets.start();
    await workspace.expectDialer('finished');
    expect(agent.sip.dialed).toEqual(['+12025550131', '+12025550141']);
    const { items } = await api(endpoints.calls.list, { query: {} });
    expect(items.map(({ lead }) => lead?.name)).toEqual(['Bob', 'Ann']);
  });

  test('whose encoding and separator are mistaken is read as told, here and on the server', async ({
    agent,
  }) => {
    const { page, sheets, workspace, api } = agent;
    // Each line has two commas and a number between them.
    const lines = [
      'Imi\xea;Numer;Miasto, konto, kraj',
      '\xa3ukasz Wi\x9cniewski;+1 202 555 0131 ext. 7;Krak\xf3w, 70012345670, PL',
      'Gra\xbfyna \xa3\xeacka;+1 202 555 0141 ext. 8;Pozna\xf1, 70012345671, PL',
    ];
    const buffer = Buffer.from(lines.join('\r\n'), 'latin1');
    await sheets.goto();
    await sheets.choose({ name: 'polish.csv', mimeType: 'text/csv', buffer });
    await sheets.openReadingOptions();
    await expect(sheets.encoding).toHaveValue('windows-1250');
    await expect(sheets.separator).toHaveAccessibleDescription('Detected: Comma');
    await expect(sheets.firstRows.getByRole('columnheader')).toHaveText([
      'Row',
      'Will be dialed',
      /Imię;Numer;Miasto$/,
      /konto$/,
      /kraj$/,
    ]);

    await sheets.separator.selectOption('Semicolon');
    await expect(sheets.role('Numer')).toHaveValue('phone');
    await expect(sheets.counts).toContainText('2 will be dialed');
    await sheets.encoding.selectOption('windows-1252');
    await expect(sheets.encoding).toHaveAccessibleDescription(/Detected: Windows-1250/);
    await expect(sheets.firstRows).toContainText('£ukasz');
    await sheets.encoding.selectOption('windows-1250');
    await expect(sheets.firstRows).toContainText('Łukasz Wiśniewski');
    await expectAccessible(page, 'corrected');

    await sheets.start();
    await workspace.expectDialer('finished');
    expect(agent.sip.dialed).toEqual(['+12025550131', '+12025550141']);
    const { items } = await api(endpoints.calls.list, { query: {} });
    expect(items.map(({ lead }) => lead?.name)).toEqual(['Grażyna Łęcka', 'Łukasz Wiśniewski']);
  });

  test('that is read wrongly on purpose can be read as before', async ({ agent: { page, sheets } }) => {
    const text = 'Name,Home,Office\nZoë Lund,+12025550130,+12025550131\nBob Ray,+12025550133,+12025550141\n';
    await sheets.goto();
    await sheets.choose({ name: 'wide.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'utf16le') });
    await sheets.role('Office').selectOption('phone');
    await sheets.role('Home').selectOption('shown');
    await expect(sheets.counts).toContainText('2 will be dialed');
    await sheets.openReadingOptions();
    // Half of the bytes are zeros: this is no text, so nothing changes.
    await sheets.encoding.selectOption('utf-8');
    await expect(sheets.review.getByRole('alert')).toContainText('is not text. It is still read as before.');
    await expect(sheets.encoding).toHaveValue('utf-16le');
    await expectAccessible(page, 'refused');
    await expect(sheets.role('Office')).toHaveValue('phone');
    await expect(sheets.role('Home')).toHaveValue('shown');
    await expect(sheets.counts).toContainText('2 will be dialed');
    // Read, but into nonsense: the way back is beside it.
    await sheets.encoding.selectOption('utf-16be');
    await expect(sheets.review).toContainText('No column looks like telephone numbers.');
    await expect(sheets.startButton).toBeDisabled();
    await sheets.review.getByRole('button', { name: 'Read as detected' }).click();
    await expect(sheets.encoding).toBeFocused();
    await expect(sheets.encoding).toHaveValue('utf-16le');
    await expect(sheets.counts).toContainText('2 will be dialed');
    await expect(sheets.startButton).toBeEnabled();
  });

  test('that is none is refused in words, whatever it is called', async ({
    agent: { page, sheets, api },
  }) => {
    await sheets.goto();
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n');
    await sheets.choose({ name: 'brochure.pdf', mimeType: 'application/pdf', buffer: pdf });
    await expect(page.getByRole('main').getByRole('alert')).toContainText('brochure.pdf is not a sheet');
    await sheets.choose({ name: 'brochure.csv', mimeType: 'text/csv', buffer: pdf });
    await expect(sheets.review.getByRole('alert')).toBeVisible();
    await expect(sheets.startButton).toBeDisabled();
    await sheets.review.getByRole('button', { name: 'Choose another' }).click();
    await sheets.choose({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
    await expect(sheets.review.getByRole('alert')).toBeVisible();
    expect((await api(endpoints.sheets.list, { query: {} })).items).toEqual([]);
  });

  test('without a column of numbers asks for one instead of guessing', async ({ agent: { sheets } }) => {
    await sheets.goto();
    const buffer = Buffer.from('Name,Colour\nAnn,red\nBob,blue\n');
    await sheets.choose({ name: 'colours.csv', mimeType: 'text/csv', buffer });
    await expect(sheets.review).toContainText('No column looks like telephone numbers.');
    await expect(sheets.startButton).toBeDisabled();
    await expect(sheets.role('Colour')).toHaveValue('shown');
  });

  test('whose upload fails says so, and the next try takes it in once', async ({
    agent: { page, sheets, workspace, api },
  }) => {
    await page.route('**/api/upload', (route) => route.abort('connectionreset'), { times: 1 });
    await sheets.goto();
    await sheets.choose(csvFile(leadsEndingIn('3')));
    await sheets.startButton.click();
    await expect(sheets.review.getByRole('alert')).toContainText('could not be reached');
    await sheets.start();
    await workspace.expectDialer('finished');
    expect((await api(endpoints.sheets.list, { query: {} })).items).toHaveLength(1);
  });
});
