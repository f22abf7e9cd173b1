import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SHEET_DELIMITERS, SHEET_ENCODINGS } from '@outdial/contracts';
import { readSheet } from '@outdial/sheets';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { uuidBytes } from '../src/db/public-ids';
import { importedBody, MAPPING, TEN_LEADS } from './support/fixtures';
import { Outdial, type TestUser } from './support/outdial';

let outdial: Outdial;
let agent: TestUser;
beforeAll(async () => {
  outdial = await Outdial.start();
  agent = await outdial.user(await outdial.organization(), 'agent');
});
afterAll(() => outdial.close());

const send = (bytes: Buffer | string, name: string, id = uuidv7()) =>
  agent.api
    .post('/api/upload')
    .field('id', id)
    .attach('file', Buffer.from(bytes as Buffer), name);

const ask = (id: string, mapping: object = MAPPING) =>
  agent.api.post(`/api/sheets/${id}/import`).send({ mapping });

/** The sheet once the worker has imported it, or has failed to. */
const importIt = (id: string, mapping: object = MAPPING) => importedBody(agent, id, mapping);

const rowOf = (id: string) =>
  outdial.db.sheet.findUniqueOrThrow({
    where: { uuid: uuidBytes(id) },
    include: { file: true, import: true },
  });

it('keeps the file under a name of our own and gives it back as it was', async () => {
  const { body } = await send(TEN_LEADS, '../../etc/Ünïcode 📞.csv').expect(201);
  expect(body).toMatchObject({
    fileName: 'Ünïcode 📞.csv',
    name: 'Ünïcode 📞',
    status: 'uploaded',
    counts: null,
  });
  const { key } = (await rowOf(body.id)).file;
  expect(key).toBe(key.replace(/[^\w./-]/g, ''));
  const file = await agent.api
    .get(body.url)
    .buffer()
    .parse((answer, done) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => done(null, Buffer.concat(chunks)));
    });
  expect((file.body as Buffer).toString()).toBe(TEN_LEADS);
  expect(file.headers['content-disposition']).toMatch(/^attachment/);
});

it('takes a double click as one upload and one import', async () => {
  const id = uuidv7();
  const uploads = await Promise.all([send(TEN_LEADS, 'leads.csv', id), send(TEN_LEADS, 'leads.csv', id)]);
  expect(uploads.map((answer) => answer.status)).toEqual([201, 201]);
  const imports = await Promise.all([importIt(id), importIt(id), importIt(id)]);
  expect(imports.map(({ counts }) => counts.taken)).toEqual([10, 10, 10]);
  expect(await leadsOf(id)).toHaveLength(10);
});

it('counts rows, duplicates and rejects, and names each with line and reason', async () => {
  const csv = ['Name,Phone', 'A,+12025550100', 'B,(202) 555-0100', 'C,12', '=cmd(),abc'].join('\n');
  const { body } = await send(csv, 'mixed.csv').expect(201);
  const { counts } = await importIt(body.id);
  expect(counts).toEqual({ rows: 5, taken: 1, duplicates: 1, rejected: 2, known: 0, notData: 1 });
  const issues = await agent.api.get(`/api/sheets/${body.id}/issues`).expect(200);
  expect(issues.body.items.map((issue: { line: number; kind: string }) => [issue.line, issue.kind])).toEqual([
    [1, 'not-data'],
    [3, 'duplicate'],
    [4, 'rejected'],
    [5, 'rejected'],
  ]);
  const only = await agent.api.get(`/api/sheets/${body.id}/issues?kind=duplicate`).expect(200);
  expect(only.body.items).toHaveLength(1);
  const page = await agent.api.get(`/api/sheets/${body.id}/issues?limit=2`).expect(200);
  const next = await agent.api.get(`/api/sheets/${body.id}/issues?limit=2&cursor=${page.body.nextCursor}`);
  expect(next.body.items.map((issue: { line: number }) => issue.line)).toEqual([4, 5]);
  const file = await agent.api.get(`/api/sheets/${body.id}/issues.csv`).expect(200);
  expect(file.text).toContain("'=cmd()");
});

it.each(['leads.csv', 'leads-messy.csv', 'leads.xlsx'])('imports the sample %s', async (name) => {
  const bytes = await readFile(resolve(import.meta.dirname, '../../../prisma/samples', name));
  const { body } = await send(bytes, name).expect(201);
  expect(['text', 'xlsx']).toContain(body.format);
});

it.each([
  ['a PDF named .csv', Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj'), 'leads.csv'],
  ['a program', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff]), 'leads.xlsx'],
  ['an empty file', Buffer.alloc(0), 'leads.csv'],
])('refuses %s in words', async (_what, bytes, name) => {
  const { body } = await send(bytes, name).expect(422);
  expect(body).toMatchObject({ success: false, code: 'sheet-unreadable' });
  expect(body.message.length).toBeGreaterThan(20);
});

it('refuses more than 20 MB while it is still arriving', async () => {
  const { body } = await send(Buffer.alloc(20 * 1024 * 1024 + 1, 'a'), 'big.csv').expect(413);
  expect(body.code).toBe('payload-too-large');
});

it('refuses an upload without a file, and one under another’s id', async () => {
  await agent.api.post('/api/upload').field('id', uuidv7()).expect(400);
  const { body } = await send(TEN_LEADS, 'leads.csv').expect(201);
  const stranger = await outdial.user(await outdial.organization(), 'agent');
  const taken = await stranger.api
    .post('/api/upload')
    .field('id', body.id)
    .attach('file', Buffer.from(TEN_LEADS), 'leads.csv');
  expect(taken.status).toBe(404);
});

const leadsOf = (sheetId: string) =>
  outdial.db.lead.findMany({
    where: { sheet: { uuid: uuidBytes(sheetId) } },
    orderBy: { line: 'asc' },
    select: { name: true, data: true },
  });

it('reads text as told where its bytes could be either', async () => {
  // "Ã©" of Windows-1252 is "é" of UTF-8, which is what it is taken for.
  const bytes = Buffer.from('Name,Phone\nJos\xc3\xa9,+12025550100\n', 'latin1');
  const guessed = (await send(bytes, 'guessed.csv').expect(201)).body.id;
  await importIt(guessed);
  expect((await leadsOf(guessed)).map(({ name }) => name)).toEqual(['José']);
  const told = (await send(bytes, 'told.csv').expect(201)).body.id;
  await importIt(told, { ...MAPPING, encoding: 'windows-1252' });
  expect((await leadsOf(told)).map(({ name }) => name)).toEqual(['JosÃ©']);
  expect((await rowOf(told)).import?.mapping).toMatchObject({ encoding: 'windows-1252' });
});

it('cuts columns as told', async () => {
  // Every line has two commas, and a number stands between them: it looks like a comma file.
  const csv = ['Name;Phone;City, order, state', 'Ann;+1 202 555 0100 ext 7;Kiel, 7001234567, SH'].join('\n');
  const { body } = await send(csv, 'commas.csv').expect(201);
  expect((await importIt(body.id)).counts.taken).toBe(0);
  const again = (await send(csv, 'semicolons.csv').expect(201)).body.id;
  await importIt(again, { ...MAPPING, delimiter: ';' });
  expect(await leadsOf(again)).toEqual([
    { name: 'Ann', data: [['City, order, state', 'Kiel, 7001234567, SH']] },
  ]);
});

it.each([
  ['encoding', 'klingon', /encodings: utf-8, /],
  ['encoding', 8, /encodings: utf-8, /],
  ['delimiter', '#', /a comma, a semicolon, a tab or a pipe/],
  ['delimiter', ';;', /a comma, a semicolon, a tab or a pipe/],
])('refuses the %s %j in words', async (field, value, words) => {
  const { body } = await send(TEN_LEADS, 'leads.csv').expect(201);
  const refused = await ask(body.id, { ...MAPPING, [field]: value }).expect(400);
  expect(refused.body).toMatchObject({
    success: false,
    code: 'validation',
    message: expect.stringMatching(words),
  });
  expect((await importIt(body.id)).counts.taken).toBe(10);
});

it('offers only encodings and delimiters that are read', () => {
  const bytes = new TextEncoder().encode('Name,Phone\nAnn,2025550100\nBob,2025550101');
  for (const delimiter of SHEET_DELIMITERS) readSheet(bytes, 'x.csv', { delimiter });
  for (const encoding of SHEET_ENCODINGS) expect(new TextDecoder(encoding).encoding, encoding).toBe(encoding);
});

it('fails on a mapping without numbers, in words, and can be asked again', async () => {
  const { body } = await send(TEN_LEADS, 'leads.csv').expect(201);
  const failed = await importIt(body.id, { headerLine: 1, phoneColumns: [99], nameColumns: [] });
  expect(failed).toMatchObject({ status: 'uploaded', counts: null, import: { state: 'failed' } });
  expect(failed.import.failure.message.length).toBeGreaterThan(20);
  expect((await importIt(body.id)).counts.taken).toBe(10);
});

/** Valid numbers: +1 202 5xx xxxx. */
const manyLeads = (count: number) =>
  ['Name,Phone', ...Array.from({ length: count }, (_, n) => `Lead ${n},+1202${5_000_000 + n}`)].join('\n');

it('imports 100,000 rows in pieces, with progress, while the API goes on answering', {
  timeout: 120_000,
}, async () => {
  const { body } = await send(manyLeads(100_000), 'many.csv').expect(201);
  const seen = new Set<number>();
  const importing = importIt(body.id);
  let isDone = false;
  void importing.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const { body: now } = await agent.api.get(`/api/sheets/${body.id}`).expect(200);
    seen.add(now.import?.written ?? 0);
  }
  const { counts, remaining, status } = await importing;
  expect(counts).toMatchObject({ rows: 100_001, taken: 100_000, duplicates: 0, rejected: 0, notData: 1 });
  expect({ remaining, status }).toEqual({ remaining: 100_000, status: 'ready' });
  expect(await outdial.db.lead.count({ where: { sheet: { uuid: uuidBytes(body.id) } } })).toBe(100_000);
  expect([...seen].filter((written) => written > 0 && written < 100_000).length).toBeGreaterThan(2);
});

it('goes on where a worker has stopped: no row twice, none missing', async () => {
  const { body } = await send(manyLeads(7_000), 'resumed.csv').expect(201);
  await ask(body.id).expect(202);
  const importing = async () => (await rowOf(body.id)).import;
  await expect.poll(async () => (await importing())?.state, { timeout: 30_000 }).toBe('done');
  const { id: sheetId, organizationId, campaignId } = await rowOf(body.id);
  // As a crash after the second piece leaves it.
  await outdial.db.lead.deleteMany({ where: { sheetId, line: { gt: 4_001 } } });
  await outdial.db.sheetIssue.deleteMany({ where: { sheetId } });
  await outdial.db.sheetTally.updateMany({ where: { sheetId }, data: { leads: 4_000 } });
  await outdial.db.sheetImport.updateMany({ where: { sheetId }, data: { state: 'writing', written: 4_000 } });
  await outdial.core.services.sheetImport.run({ kind: 'system', name: 'test', organizationId }, sheetId);
  const lines = await outdial.db.lead.findMany({ where: { campaignId }, select: { line: true, rank: true } });
  expect(lines.map(({ line }) => line).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 7_000 }, (_, n) => n + 2),
  );
  expect(lines.every(({ line, rank }) => rank === line - 2)).toBe(true);
  expect((await agent.api.get(`/api/sheets/${body.id}`)).body.remaining).toBe(7_000);
});

it('recognises numbers that were uploaded before, and leaves them out when asked to', async () => {
  const people = (numbers: number[]) =>
    ['Name,Phone', ...numbers.map((n) => `Lead ${n},+12025550${n}`)].join('\n');
  const numbers = (from: number[]) => from.map((n) => `+12025550${n}`);
  const caller = await outdial.user(await outdial.organization(), 'agent');
  const upload = async (csv: string, name: string) => {
    const request = caller.api.post('/api/upload').field('id', uuidv7());
    return (await request.attach('file', Buffer.from(csv), name).expect(201)).body.id;
  };
  const october = await upload(people([100, 101, 102]), 'october.csv');
  await importedBody(caller, october);
  const asked = { numbers: numbers([101, 102, 103]) };
  const known = await caller.api.post('/api/sheets/overlaps').send(asked).expect(200);
  expect(known.body.sheets).toMatchObject([{ id: october, name: 'october', shared: 2 }]);
  expect(
    (await agent.api.post('/api/sheets/overlaps').send(asked).expect(200)).body.sheets,
  ).not.toContainEqual(expect.objectContaining({ id: october }));

  const november = await upload(people([101, 102, 103]), 'november.csv');
  const { counts } = await importedBody(caller, november, { ...MAPPING, without: [october] });
  expect(counts).toEqual({ rows: 4, taken: 1, duplicates: 0, rejected: 0, known: 2, notData: 1 });
  expect((await leadsOf(november)).map(({ name }) => name)).toEqual(['Lead 103']);
  const issues = await caller.api.get(`/api/sheets/${november}/issues?kind=known`).expect(200);
  expect(issues.body.items.map(({ message }: { message: string }) => message)).toEqual(
    Array(2).fill('The same number is in “october”.'),
  );
  const all = await upload(people([101, 102, 103]), 'november again.csv');
  expect((await importedBody(caller, all)).counts.taken).toBe(3);
  const foreign = await ask(await upload(people([104]), 'x.csv'), { ...MAPPING, without: [october] });
  expect(foreign.status).toBe(404);
});

it('takes three large imports at once', { timeout: 120_000 }, async () => {
  const sheets = await Promise.all(
    Array.from({ length: 3 }, async () => (await send(manyLeads(30_000), 'large.csv').expect(201)).body.id),
  );
  const imported = await Promise.all(sheets.map((id) => importIt(id)));
  expect(imported.map(({ counts }) => counts.taken)).toEqual([30_000, 30_000, 30_000]);
});
