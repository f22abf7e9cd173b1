import { parseArgs } from 'node:util';
import { EnvError, requireDatabaseUrl } from './config/addresses';
import { createDb } from './db/client';
import { AppError } from './errors/app-error';
import { OrganizationsService } from './services/identity/organizations.service';

const USAGE = 'Usage: node create-operator.js --name "Kim Doe" --email kim@acme.com';

/** For who installs Outdial: somebody who may look at the queue, and at no customer's calls. */
async function main(): Promise<void> {
  const { name, email } = parseArgs({
    options: { name: { type: 'string' }, email: { type: 'string' } },
  }).values;
  if (!name || !email?.includes('@')) throw new AppError('validation', USAGE);
  const db = createDb(requireDatabaseUrl(), 1);
  try {
    const { password } = await new OrganizationsService(db).createOperator({ name, email });
    console.log(`${name} signs in as ${email} with the password ${password}`);
  } finally {
    await db.$disconnect();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError || error instanceof EnvError ? error.message : error);
  process.exit(1);
});
