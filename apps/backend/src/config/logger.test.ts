import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { maskNumbers, safeError } from './logger';

it('leaves of a telephone number only what helps to recognise it', () => {
  expect(maskNumbers('dialing +12025550123 now')).toBe('dialing +…23 now');
  expect(maskNumbers('port 4000, 31 calls')).toBe('port 4000, 31 calls');
});

it('tells of an error what went wrong, and no value that it was about', () => {
  const error = Object.assign(
    new Error(
      "(conn:7, no: 1406, SQLState: 22001) Data too long\nsql: INSERT INTO lead VALUES (?, ?) - parameters:['+12025550123','Ada']",
    ),
    { code: 'ER_DATA_TOO_LONG', sql: "INSERT … 'Ada'", parameters: ['Ada'], config: { token: 'secret' } },
  );
  const logged = JSON.stringify(safeError(error));
  expect(logged).toContain('Data too long');
  expect(logged).toContain('ER_DATA_TOO_LONG');
  expect(logged).toContain('logger.test');
  expect(logged).not.toMatch(/Ada|2025550123|secret|INSERT/);
});

it('masks the numbers in the words of an error, too', () => {
  expect(safeError(new Error('cannot call +12025550123'))).toMatchObject({ message: 'cannot call +…23' });
});

it('writes lines without what is secret or somebody’s, wherever it hangs', () => {
  const program = `import { createLogger } from './logger.ts';
    const cause = Object.assign(new Error("Data too long\\nsql: INSERT (?) - parameters:['Ada']"), { parameters: ['Ada'] });
    createLogger('info', 'api').warn({ err: cause, password: 'hunter2', body: { token: 'abc-token' } }, 'call to +12025550123');`;
  const line = execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect(JSON.parse(line)).toMatchObject({
    service: 'api',
    msg: 'call to +…23',
    err: { message: 'Data too long' },
  });
  expect(line).not.toMatch(/Ada|INSERT|hunter2|abc-token|2025550123/);
});
