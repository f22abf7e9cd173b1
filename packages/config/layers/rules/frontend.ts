import type { Rule } from '../rule';

const SRC = 'apps/frontend/src';
const BELOW_FEATURES = ['components', 'hooks', 'lib', 'config'].map((folder) => `${SRC}/${folder}`);

const featureOf = (path: string) =>
  path.startsWith(`${SRC}/features/`) ? path.slice(SRC.length).split('/')[2] : undefined;

export const FRONTEND_RULES: readonly Rule[] = [
  {
    name: 'pages-above-features',
    why: 'app → features → components, hooks and lib, never backwards: a page composes, nobody imports it.',
    from: [`${SRC}/features`, ...BELOW_FEATURES],
    forbids: [`${SRC}/app`],
  },
  {
    name: 'features-above-lib',
    why: 'app → features → components, hooks and lib, never backwards: pass it in, or move it down.',
    from: BELOW_FEATURES,
    forbids: [`${SRC}/features`],
  },
  {
    name: 'features-apart',
    why: 'A feature never imports a feature: what two share lives in lib/, components/ or packages/; a page puts them side by side.',
    from: [`${SRC}/features`],
    forbids: ({ from, to }) => featureOf(to) !== undefined && featureOf(to) !== featureOf(from),
  },
  {
    name: 'kit-knows-nothing',
    why: 'components/ui is the kit: it knows tokens and parts, not leads and calls.',
    from: [`${SRC}/components/ui`],
    forbids: [
      `${SRC}/components/call`,
      `${SRC}/components/layout`,
      'packages/contracts',
      'packages/sheets',
      'packages/telephony',
    ],
  },
  {
    name: 'primitives-in-the-kit',
    why: 'Only components/ui touches the primitives: everyone else takes the kit, so that all of it looks and behaves alike.',
    from: [SRC],
    spares: [`${SRC}/components/ui`],
    forbids: ['npm:radix-ui', 'npm:@radix-ui', 'npm:@base-ui', 'npm:@base-ui-components'],
  },
];
