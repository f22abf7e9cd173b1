import { readFileSync } from 'node:fs';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SheetWorker } from '../src/worker-client';
import { SheetHost } from '../src/worker-host';
import type { SheetPort } from '../src/worker-protocol';

const messy = () =>
  new Uint8Array(readFileSync(new URL('../../../prisma/samples/leads-messy.csv', import.meta.url)));

let host: SheetHost;
let sheets: SheetWorker;

beforeEach(() => {
  const { port1, port2 } = new MessageChannel();
  const asPort = (port: MessagePort) => port as unknown as SheetPort;
  host = new SheetHost(asPort(port1));
  sheets = new SheetWorker(asPort(port2));
});

afterEach(() => {
  host.close();
  sheets.close();
});

it('reads, shows, extracts and reports', async () => {
  const bytes = messy();
  const preview = await sheets.read(bytes, 'leads-messy.csv', 'US');
  expect(bytes.byteLength).toBe(0);
  expect(preview).toMatchObject({ encoding: 'windows-1252', delimiter: ';', headerLine: 3, rowCount: 20 });
  expect(preview.rows).toHaveLength(20);
  expect(preview.headRows.map(({ line }) => line)).toEqual([1, 3]);
  expect(preview.columns[3]).toMatchObject({ name: 'Telefon', index: 3 });

  const progress: number[] = [];
  const summary = await sheets.extract(preview.guess, 'US', (done, total) => progress.push(done / total));
  expect(summary.rows.rejected.map(({ line }) => line)).toEqual([10, 13, 14, 15, 16, 17, 23, 24]);
  expect(summary.rows.all[2]).toMatchObject({ line: 4, outcome: { kind: 'taken', phone: '+12025550110' } });
  expect(summary.numbers).toHaveLength(10);
  expect(summary.counts).toEqual({ rows: 22, taken: 10, duplicates: 2, rejected: 8, notData: 2 });
  expect(progress.at(-1)).toBe(1);
  expect(await sheets.rejectsCsv()).toContain('"13","The phone cell holds words, not a number."');
});

it('lets the user correct what was guessed', async () => {
  await sheets.read(messy(), 'leads-messy.csv', 'US');
  const reread = await sheets.reread('US', { encoding: 'iso-8859-2', delimiter: ';' });
  expect(reread.encoding).toBe('iso-8859-2');
  const headless = await sheets.setHeader(null, 'US');
  expect(headless.columns[0]?.name).toBe('Column 1');
  expect(headless.rowCount).toBe(22);
});

it('can be read anew after a choice that came to nothing', async () => {
  const utf16 = iconv.encode('Name,Phone\nŁukasz,2025550101\nZoë,2025550102', 'utf-16le');
  await sheets.read(new Uint8Array(utf16), 'x.csv', 'US');
  const wrong = sheets.reread('US', { encoding: 'windows-1252' });
  await expect(wrong).rejects.toMatchObject({ name: 'SheetError', code: 'not-a-sheet' });
  const back = await sheets.reread('US', { headerLine: null });
  expect(back).toMatchObject({ encoding: 'utf-16le', headerLine: null, rowCount: 3 });
  expect((await sheets.extract({ ...back.guess, phoneColumns: [1] }, 'US')).counts.taken).toBe(2);
});

it('fails with the code of the sheet error', async () => {
  await expect(sheets.read(new Uint8Array(), 'x.csv', 'US')).rejects.toMatchObject({ code: 'empty-file' });
  await expect(
    sheets.extract({ headerLine: null, phoneColumns: [0], nameColumns: [] }, 'US'),
  ).rejects.toMatchObject({
    code: 'not-read',
  });
  await expect(sheets.read(new TextEncoder().encode('%PDF'), 'x.csv', 'US')).rejects.toMatchObject({
    name: 'SheetError',
    code: 'not-a-sheet',
  });
});

it('ends a worker that does not answer, and says so', async () => {
  const { port1, port2 } = new MessageChannel();
  let isEnded = false;
  const silent = Object.assign(port1, {
    terminate: () => {
      isEnded = true;
      port1.close();
      port2.close();
    },
  });
  const impatient = new SheetWorker(silent as unknown as SheetPort, 20);
  await expect(impatient.read(messy(), 'x.csv', 'US')).rejects.toMatchObject({ code: 'took-too-long' });
  expect(isEnded).toBe(true);
  await expect(impatient.rejectsCsv()).rejects.toMatchObject({ code: 'worker-failed' });
});

it('fails what is under way when it is closed, once', async () => {
  const reading = sheets.read(messy(), 'leads-messy.csv', 'US');
  sheets.close();
  sheets.close();
  await expect(reading).rejects.toMatchObject({ code: 'worker-failed' });
  await expect(sheets.rejectsCsv()).rejects.toMatchObject({ code: 'worker-failed' });
});
