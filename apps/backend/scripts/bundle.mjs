/** How the entry points are bundled: our own workspaces go in, npm packages stay outside. */
export const options = {
  entryPoints: {
    server: 'src/server.ts',
    worker: 'src/worker.ts',
    migrate: 'src/migrate.ts',
    'create-organization': 'src/create-organization.ts',
    'create-operator': 'src/create-operator.ts',
    'create-person': 'src/create-person.ts',
    'set-password': 'src/set-password.ts',
    'disable-person': 'src/disable-person.ts',
    'audit-verify': 'src/audit-verify.ts',
    seed: '../../prisma/seed.ts',
    'sheet-reader.worker': 'src/adapters/sheet-reader.worker.ts',
    'audio-assembly.worker': 'src/adapters/audio-assembly.worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
  plugins: [
    {
      name: 'npm-packages-stay-outside',
      setup({ onResolve }) {
        onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
          kind === 'entry-point' || path.startsWith('@outdial/') ? undefined : { path, external: true },
        );
      },
    },
  ],
};
