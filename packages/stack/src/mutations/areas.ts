/** Part of the product whose tests are tested. */
export interface Area {
  readonly name: string;
  readonly workspace: string;
  /** The project of the workspace's vitest.config.ts; the whole of it when it has none. */
  readonly project?: string;
  readonly files: readonly string[];
  /** By the start of a file's path, the tests that are to notice a fault in it, the likeliest first. */
  readonly tests: Readonly<Record<string, readonly string[]>>;
}

const BACKEND = { workspace: 'apps/backend', project: 'integration' } as const;
const QUEUE = ['queue.service', 'queue-rows', 'leads.service', 'lead-rows', 'sheet-state', 'tally'];

/** Everything that `npm run test:mutations` puts faults into; the first start that fits names a file's tests. */
export const AREAS: readonly Area[] = [
  {
    ...BACKEND,
    name: 'services',
    files: [
      'src/services/**/*.ts',
      '!src/**/*.test.ts',
      ...QUEUE.map((name) => `!src/services/leads/${name}.ts`),
    ],
    tests: {
      'src/services/calls/call-day': ['test/call-days.test.ts'],
      'src/services/calls/local-days': ['src/services/calls/local-days.test.ts', 'test/call-days.test.ts'],
      'src/services/calls/call-summary': [
        'test/calls.test.ts',
        'test/call-days.test.ts',
        'test/matrix.test.ts',
      ],
      'src/services/calls/call-search': ['test/calls.test.ts', 'test/plans.test.ts'],
      'src/services/calls/contact': ['test/calls.test.ts', 'test/plans.test.ts'],
      'src/services/calls/call-': ['test/calls.test.ts', 'test/cdr.test.ts', 'test/matrix.test.ts'],
      'src/services/calls/heartbeats': ['test/presence.test.ts', 'test/cdr.test.ts', 'test/queue.test.ts'],
      'src/services/calls/recordings': ['test/cdr.test.ts', 'test/files.test.ts'],
      'src/services/calls/recording-': ['test/recording-chunks.test.ts', 'test/cdr.test.ts'],
      'src/services/calls/cdr': ['test/cdr.test.ts', 'test/calls.test.ts', 'test/files.test.ts'],
      'src/services/calls/': [
        'test/queue.test.ts',
        'test/cdr.test.ts',
        'test/claims.test.ts',
        'test/units.test.ts',
      ],
      'src/services/identity/actor-cache': ['src/services/identity/actor-cache.test.ts', 'test/auth.test.ts'],
      'src/services/identity/auth': ['test/auth.test.ts', 'test/realtime.test.ts'],
      'src/services/identity/organizations': ['test/organizations.test.ts', 'test/operators.test.ts'],
      'src/services/identity/users': ['test/users.test.ts', 'test/people.test.ts', 'test/matrix.test.ts'],
      'src/services/identity/': ['test/auth.test.ts', 'test/audit.test.ts', 'test/matrix.test.ts'],
      'src/services/leads/file-name': ['src/services/leads/file-name.test.ts', 'test/sheets.test.ts'],
      'src/services/leads/': ['test/sheets.test.ts', 'test/matrix.test.ts'],
      'src/services/platform/audit': ['test/audit.test.ts', 'test/units.test.ts'],
      'src/services/platform/facts': ['test/realtime.test.ts'],
      'src/services/platform/settings': [
        'test/audit.test.ts',
        'test/call-days.test.ts',
        'test/matrix.test.ts',
      ],
      'src/services/platform/health': ['test/health.test.ts'],
      'src/services/platform/': ['test/files.test.ts', 'test/cdr.test.ts'],
      'src/services/telephony/': ['test/softphone.test.ts'],
    },
  },
  {
    ...BACKEND,
    name: 'queue',
    files: QUEUE.map((name) => `src/services/leads/${name}.ts`),
    tests: { '': ['test/queue.test.ts', 'test/sheets.test.ts', 'test/cdr.test.ts'] },
  },
  {
    ...BACKEND,
    name: 'unit of work',
    files: ['src/work/*.ts', '!src/**/*.test.ts'],
    tests: {
      'src/work/audit-chain': ['src/work/audit-chain.test.ts'],
      'src/work/scope': ['test/calls.test.ts', 'test/realtime.test.ts'],
      '': ['test/units.test.ts', 'test/audit.test.ts', 'test/queue.test.ts'],
    },
  },
  {
    workspace: 'packages/telephony',
    name: 'call machine',
    files: ['src/call/*.ts', '!src/**/*.test.ts', '!src/**/fake-*.ts'],
    tests: { '': ['src/call/', 'src/workstation.test.ts'] },
  },
  {
    workspace: 'packages/telephony',
    name: 'dialer machine',
    files: ['src/dialer/*.ts', '!src/**/*.test.ts', '!src/**/{fake-*,test-data}.ts'],
    tests: { '': ['src/dialer/', 'src/workstation.test.ts'] },
  },
];

/** @throws Error for a file whose tests nobody has named */
export function testsOf(area: Area, file: string): readonly string[] {
  const start = Object.keys(area.tests).find((prefix) => file.startsWith(prefix));
  if (start === undefined) throw new Error(`Name the tests of ${file} in mutations/areas.ts.`);
  return area.tests[start] ?? [];
}
