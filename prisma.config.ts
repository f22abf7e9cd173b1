import { defineConfig } from 'prisma/config';

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations', seed: 'node bin/outdial.mjs db:seed' },
  // `generate` needs no database; `prisma migrate deploy|status` reads the real one from the environment.
  datasource: { url: process.env.DATABASE_URL ?? 'mysql://outdial@127.0.0.1:3306/outdial' },
});
