import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { createConnection } from 'mariadb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../src/index';
import { waitUntil } from '../src/wait';

let stack: Stack;
const said: string[] = [];

beforeAll(async () => {
  const dir = `${tmpdir()}/outdial-mariadb-${randomUUID()}`;
  const onLog = (line: string) => said.push(line);
  stack = await startStack({
    dir,
    profile: 'test',
    parts: ['database'],
    sipEphemeralSecret: 'unused',
    onLog,
  });
}, 60_000);

afterAll(() => stack.close());

async function query<T>(sql: string): Promise<T> {
  const connection = await createConnection(stack.databaseUrl.replace(/^mysql/, 'mariadb'));
  try {
    return await connection.query<T>(sql);
  } finally {
    await connection.end();
  }
}

it('comes back after a kill -9 on the same port with what was committed', async () => {
  const { databaseUrl } = stack;
  const { pid } = stack.mariadb;
  // As with `npm start`; a test's database forgets its last second.
  await query('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
  await query('CREATE TABLE kept (n INT PRIMARY KEY)');
  await query('INSERT INTO kept VALUES (1), (2)');
  process.kill(Number(pid), 'SIGKILL');
  expect(await waitUntil(() => said.includes('mariadb is back'), { timeoutMs: 10_000 })).toBe(true);
  expect(await query('SELECT n FROM kept ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
  expect(stack.databaseUrl).toBe(databaseUrl);
  expect(stack.mariadb.pid).not.toBe(pid);
});
