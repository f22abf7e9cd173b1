import { parseArgs } from 'node:util';
import { newUserSchema } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { AppError } from './errors/app-error';
import { runPersonTask } from './person-task';

const USAGE =
  'Usage: node create-person.js --organization "Acme" --name "Grace Hopper" --email grace@acme.com [--role agent|manager|superadmin]';

/** For who runs the installation: somebody of an organization that is there, an agent unless a role is given. */
runPersonTask(async ({ accounts, organization }) => {
  const options = {
    organization: { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string' },
    role: { type: 'string', default: 'agent' },
  } as const;
  const { organization: named, ...given } = parseArgs({ options }).values;
  if (!named || !given.name || !given.email) throw new AppError('validation', USAGE);
  const person = newUserSchema.parse({ ...given, id: uuidv7() });
  const { user, oneTimePassword } = await accounts.create(await organization(named), person);
  const phone = user.extension ? ` and has the extension ${user.extension}` : '';
  return `${user.name} signs in as ${user.email} with the one-time password ${oneTimePassword.password}${phone}`;
});
