import type { Rule } from '../rule';

const TELEPHONY = 'packages/telephony/src';

/** What runs on both sides, and who may know what. */
export const PACKAGE_RULES: readonly Rule[] = [
  {
    name: 'contracts-alone',
    why: 'Contracts import only zod and each other: both sides and every tool read them.',
    from: ['packages/contracts/src'],
    sparesTests: true,
    forbids: () => true,
    allows: ['packages/contracts/src', 'npm:zod'],
  },
  {
    name: 'jssip-in-call',
    why: 'Only packages/telephony/src/call talks to JsSIP: everyone else knows the phone.',
    from: ['apps', 'packages', 'prisma'],
    spares: [`${TELEPHONY}/call`, 'apps/e2e/bench'],
    forbids: ['npm:jssip'],
  },
  {
    name: 'telephony-without-react',
    why: 'Calls go on whatever the page renders: packages/telephony has stores, the front end has hooks.',
    from: [TELEPHONY],
    forbids: ['npm:react', 'npm:react-dom', 'npm:next', 'npm:@tanstack/react-query'],
  },
  {
    name: 'packages-below-apps',
    why: 'Packages are what apps stand on: move what both need into the package.',
    from: ['packages'],
    forbids: ['apps'],
  },
  {
    name: 'apps-apart',
    why: 'Apps talk over HTTP and sockets only: what two share lives in packages/.',
    from: ['apps'],
    // Brings the product up, data and all.
    spares: ['apps/e2e'],
    forbids: ({ from, to }) => to.startsWith('apps/') && from.split('/')[1] !== to.split('/')[1],
  },
  {
    name: 'stack-is-a-tool',
    why: 'packages/stack runs the product and its tests; the product never needs it.',
    from: [
      'apps/backend/src',
      'apps/frontend',
      'packages/contracts',
      'packages/telephony',
      'packages/sheets',
    ],
    forbids: ['packages/stack'],
  },
];
