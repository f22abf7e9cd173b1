import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpoints, expect, test } from '../src/fixtures';
import { ROOT } from '../src/run';
import { csvFile, leadsEndingIn } from '../src/sheets';

const SAMPLES = join(ROOT, 'prisma/samples');

test.describe('a sheet', () => {
  test('as it really comes is understood, and each row that is left out says why', async ({ agent }) => {
    const { page, sheets, workspace, api } = agent;
    await sheets.goto();
    await sheets.choose(join(SAMPLES, 'leads-messy.csv'));
    await expect(sheets.review).toContainText('WINDOWS-1252');
    await expect(sheets.review).toContainText('separated by semicolon');
    await expect(page.getByLabel('Phone numbers')).toHaveValue('3');
    const outcome = page.getByRole('region', { name: 'What becomes of the rows' });
    await expect(outcome).toContainText('10 taken');
    await outcome.getByRole('button', { name: /2 duplicates/ }).click();
    await expect(outcome.getByRole('region', { name: 'Duplicates' }).getByRole('row')).toHaveCount(3);
    await outcome.getByRole('button', { name: /8 rejected/ }).click();
    const rejected = outcome.getByRole('region', { name: 'Rejected rows' }).getByRole('row');
    await expect(rejected).toHaveCount(9);
    const reasons = await rejected.locator('td:last-child').allTextContents();
    expect(new Set(reasons).size, 'a reason of its own for each').toBe(8);

    const downloading = page.waitForEvent('download');
    await outcome.getByRole('button', { name: 'Download as CSV' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('leads-messy - rejected.csv');
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.trim().split('\n').length).toBeGreaterThanOrEqual(9);
    // A cell that a spreadsheet would run as a formula is text.
    expect(csv).not.toMatch(/(^|[,;"\n])[=+@-]HYPERLINK/);

    await sheets.start();
    await workspace.press('Stop');
    const { counts, name } = await api(endpoints.sheets.show, { params: { sheetId: workspace.sheetId } });
    expect({ ...counts, name }).toEqual({
      rows: 20,
      taken: 10,
      duplicates: 2,
      rejected: 8,
      name: 'leads-messy',
    });
    await expect(workspace.lead).toContainText('Jürgen Müller');
  });

  test('of a spreadsheet program is read too, and nothing of it is lost', async ({ agent }) => {
    const { page, sheets, workspace, api } = agent;
    await sheets.goto();
    await sheets.choose(join(SAMPLES, 'leads.xlsx'));
    await expect(sheets.review).toContainText('XLSX');
    await expect(page.getByLabel('Worksheet')).toBeVisible();
    await expect(page.getByRole('region', { name: 'What becomes of the rows' })).toContainText('10 taken');
    await sheets.start();
    await workspace.press('Stop');
    const { counts } = await api(endpoints.sheets.show, { params: { sheetId: workspace.sheetId } });
    expect(counts).toMatchObject({ taken: 10, rejected: 0 });
    const original = await agent.session.fetch(`/api/sheets/${workspace.sheetId}/file`);
    expect(Buffer.from(await original.arrayBuffer())).toEqual(await readFile(join(SAMPLES, 'leads.xlsx')));
  });

  test('that was misunderstood can be set right before a number is dialed', async ({ agent }) => {
    const { page, sheets, workspace, api } = agent;
    const lines = ['Home,Office,Who', '+12025550130,+12025550131,Ann', '+12025550133,+12025550141,Bob'];
    const buffer = Buffer.from(lines.join('\n'));
    await sheets.goto();
    await sheets.choose({ name: 'two-phones.csv', mimeType: 'text/csv', buffer });
    await page.getByLabel('Phone numbers').selectOption({ label: 'Office (+12025550131)' });
    await page.getByLabel('Name, or first name').selectOption({ label: 'Who (Ann)' });
    await expect(page.getByRole('region', { name: 'What becomes of the rows' })).toContainText('2 taken');
    await sheets.start();
    await workspace.expectDialer('finished');
    expect(agent.sip.dialed).toEqual(['+12025550131', '+12025550141']);
    const { items } = await api(endpoints.calls.list, { query: {} });
    expect(items.map(({ lead }) => lead?.name)).toEqual(['Bob', 'Ann']);
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

  test('without a column of numbers asks for one instead of guessing', async ({
    agent: { page, sheets },
  }) => {
    await sheets.goto();
    const buffer = Buffer.from('Name,Colour\nAnn,red\nBob,blue\n');
    await sheets.choose({ name: 'colours.csv', mimeType: 'text/csv', buffer });
    await expect(sheets.review).toContainText('No column looks like telephone numbers.');
    await expect(sheets.startButton).toBeDisabled();
    await expect(page.getByLabel('Phone numbers')).toHaveValue('');
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
