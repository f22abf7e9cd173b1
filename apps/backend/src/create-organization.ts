import { parseArgs } from 'node:util';
import { EnvError, requireDatabaseUrl } from './config/addresses';
import { createDb } from './db/client';
import { AppError } from './errors/app-error';
import { OrganizationsService } from './services/identity/organizations.service';

const USAGE =
  'Usage: node create-organization.js --organization "Acme" --name "Ann Lee" --email ann@acme.com';

/** For the operator of a new installation: an organization and the superadmin who sets up the rest. */
async function main(): Promise<void> {
  const options = {
    organization: { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string' },
  } as const;
  const { organization, name, email } = parseArgs({ options }).values;
  if (!organization || !name || !email?.includes('@')) throw new AppError('validation', USAGE);
  const db = createDb(requireDatabaseUrl(), 1);
  try {
    const { password } = await new OrganizationsService(db).create({
      name: organization,
      superadmin: { name, email },
    });
    console.log(`${organization} is ready. ${name} signs in as ${email} with the password ${password}`);
  } finally {
    await db.$disconnect();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError || error instanceof EnvError ? error.message : error);
  process.exit(1);
});
