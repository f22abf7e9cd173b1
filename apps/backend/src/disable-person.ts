import { parseArgs } from 'node:util';
import { AppError } from './errors/app-error';
import { runPersonTask } from './person-task';

const USAGE = 'Usage: node disable-person.js --email grace@acme.com [--undo]';

/** For who runs the installation: somebody signs in no more, or again. */
runPersonTask(async ({ accounts, person }) => {
  const options = { email: { type: 'string' }, undo: { type: 'boolean', default: false } } as const;
  const { email, undo } = parseArgs({ options }).values;
  if (!email) throw new AppError('validation', USAGE);
  const { actor, id, name } = await person(email);
  await (undo ? accounts.enable(actor, id) : accounts.disable(actor, id));
  return undo ? `${name} may sign in again.` : `${name} may not sign in any more, and is signed out.`;
});
