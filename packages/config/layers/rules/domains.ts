import { type Edge, type Rule, within } from '../rule';

/** The floors, from the top: each may use those after it. */
const FLOORS = ['insight', 'floor', 'records', 'calls', 'leads', 'telephony', 'identity', 'platform'];

const BACKEND = 'apps/backend/src';
const CONTRACTS = 'packages/contracts/src';
const SERVICES = `${BACKEND}/services`;
const CUT_BY_DOMAIN = [CONTRACTS, SERVICES, `${BACKEND}/controllers`, `${BACKEND}/routes`];

/** The floor a file is on; those that belong to no domain are on none. */
function floorOf(path: string): number | undefined {
  const layer = CUT_BY_DOMAIN.find((folder) => within(path, folder));
  const floor = layer ? FLOORS.indexOf(path.slice(layer.length + 1).split('/')[0] ?? '') : -1;
  return floor < 0 ? undefined : floor;
}

const climbs = ({ from, to }: Edge) => (floorOf(to) ?? Infinity) < (floorOf(from) ?? -Infinity);

/** Something in another domain's services that is not one of its services. */
function looksInside({ from, to }: Edge): boolean {
  if (!within(to, SERVICES) || to.endsWith('.service')) return false;
  const room = to.slice(SERVICES.length + 1).split('/')[0];
  return !within(from, `${SERVICES}/${room}`);
}

export const DOMAIN_RULES: readonly Rule[] = [
  {
    name: 'floors',
    why: `Domains are floors: ${FLOORS.join(' → ')}. Each uses those to its right and none to its left; let the upper one call, or follow an event of the lower one.`,
    from: CUT_BY_DOMAIN,
    forbids: climbs,
  },
  {
    name: 'closed-rooms',
    why: 'services/<domain> is closed to everyone else but for its *.service.ts: call a public method of the service.',
    from: [BACKEND],
    spares: [`${BACKEND}/container`],
    forbids: looksInside,
  },
  {
    name: 'contracts-core-at-the-bottom',
    why: 'contracts/core is what every domain stands on, so it knows none; only core/endpoints lists them all.',
    from: [`${CONTRACTS}/core`],
    spares: [`${CONTRACTS}/core/endpoints`],
    sparesTests: true,
    forbids: FLOORS.map((domain) => `${CONTRACTS}/${domain}`),
    // An endpoint does not compile without a permission.
    allows: [`${CONTRACTS}/identity/permissions`],
  },
];
