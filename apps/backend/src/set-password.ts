import { parseArgs } from 'node:util';
import { AppError } from './errors/app-error';
import { runPersonTask } from './person-task';

const USAGE = 'Usage: node set-password.js --email grace@acme.com';

/** For who runs the installation: a way back in for somebody whom no superadmin can help. */
runPersonTask(async ({ accounts, person }) => {
  const { email } = parseArgs({ options: { email: { type: 'string' } } }).values;
  if (!email) throw new AppError('validation', USAGE);
  const { actor, id, name } = await person(email);
  const { password } = await accounts.resetPassword(actor, id);
  return `${name} signs in as ${email} with the one-time password ${password}`;
});
