import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OrganizationsService } from '../src/services/identity/organizations.service';
import { Outdial } from './support/outdial';

const BACKEND = resolve(import.meta.dirname, '..');
const run = promisify(execFile);

let outdial: Outdial;
let organization: string;
beforeAll(async () => {
  outdial = await Outdial.start();
  organization = `Acme ${uuidv7()}`;
  const superadmin = { name: 'Ann', email: `ann-${uuidv7()}@acme.test` };
  await new OrganizationsService(outdial.db).create({ name: organization, superadmin });
});
afterAll(() => outdial.close());

/** A command as it is installed, in a process of its own. */
async function command(name: string, ...args: string[]): Promise<string> {
  const { DATABASE_URL, REDIS_URL, REDIS_PREFIX } = outdial.env;
  const env = { ...process.env, DATABASE_URL, REDIS_URL, REDIS_PREFIX };
  const command = [`dist/${name}.js`, ...args];
  const { stdout } = await run(process.execPath, command, { cwd: BACKEND, env });
  return stdout.trim();
}
const refusal = (...args: Parameters<typeof command>): Promise<string> =>
  command(...args).then(
    () => '',
    ({ stderr }: { stderr: string }) => stderr.trim(),
  );
const passwordIn = (words: string) => /one-time password (\S+)/.exec(words)?.[1] ?? '';
const signIn = (email: string, password: string, visitor = outdial.visitor()) =>
  visitor.post('/api/auth/sign-in').send({ email, password });

it('makes a person, sets a password, and signs out at once', async () => {
  const email = `grace-${uuidv7()}@acme.test`;
  const who = ['--organization', organization, '--name', 'Grace Hopper', '--email', email];
  const made = await command('create-person', ...who);
  expect(made).toMatch(/^Grace Hopper signs in as .* and has the extension 1001$/);
  await signIn(email, passwordIn(made)).expect(200);

  const reset = await command('set-password', '--email', email.toUpperCase());
  await signIn(email, passwordIn(made)).expect(401);
  const visitor = outdial.visitor();
  await signIn(email, passwordIn(reset), visitor).expect(200);
  await visitor.put('/api/me/password').send({ newPassword: 'a password of mine' }).expect(200);
  await visitor.get('/api/calls').expect(200);

  // The clock stands still: only a word from the other process makes this one forget who is signed in.
  await command('disable-person', '--email', email);
  await visitor.get('/api/calls').expect(401);
  await signIn(email, 'a password of mine').expect(403);
  await command('disable-person', '--email', email, '--undo');
  await signIn(email, 'a password of mine').expect(200);

  const user = await outdial.db.user.findUniqueOrThrow({ where: { email } });
  const entries = await outdial.db.auditEntry.findMany({
    where: { subjectId: user.id, actorKind: 'system' },
  });
  expect(entries.map(({ action, actorName }) => [action, actorName])).toEqual([
    ['user.created', 'command line'],
    ['user.password-reset', 'command line'],
    ['user.disabled', 'command line'],
    ['user.enabled', 'command line'],
  ]);
}, 60_000);

it('says in words what it was not told, and what is not allowed', async () => {
  const { email } = await outdial.db.user.findFirstOrThrow({ where: { roleKey: 'superadmin' } });
  expect(await refusal('set-password')).toContain('Usage: node set-password.js');
  expect(await refusal('set-password', '--email', 'nobody@acme.test')).toBe(
    'The person with the email nobody@acme.test was not found.',
  );
  expect(await refusal('disable-person', '--email', email)).toContain('only superadmin');
  const who = ['--organization', organization, '--name', 'X', '--email', 'x@acme.test'];
  expect(await refusal('create-person', ...who, '--role', 'boss')).toContain('Invalid option');
}, 60_000);
