import type { Role } from '@outdial/contracts';

export type NavIcon = 'workspace' | 'sheets' | 'calls' | 'people' | 'overview' | 'jobs';

export interface NavItem {
  readonly label: string;
  readonly href: string;
  readonly icon: NavIcon;
}

const OVERSIGHT = (role: 'manager' | 'superadmin'): readonly NavItem[] => [
  { label: 'Today', href: `/dashboard/${role}`, icon: 'overview' },
  { label: 'Call history', href: `/dashboard/${role}/calls`, icon: 'calls' },
  { label: 'People', href: `/dashboard/${role}/people`, icon: 'people' },
];

/** What each role finds in the sidebar; only pages that do something. */
export const NAVIGATION: Readonly<Record<Role, readonly NavItem[]>> = {
  agent: [
    { label: 'Workspace', href: '/dashboard/agent', icon: 'workspace' },
    { label: 'Sheets', href: '/dashboard/agent/sheets', icon: 'sheets' },
    { label: 'Call history', href: '/dashboard/agent/calls', icon: 'calls' },
  ],
  manager: OVERSIGHT('manager'),
  superadmin: OVERSIGHT('superadmin'),
  operator: [{ label: 'Operations', href: '/dashboard/operator', icon: 'jobs' }],
};

/** The entry a page belongs to: the one with the longest path that begins it. */
export function activeItem(items: readonly NavItem[], pathname: string): NavItem | undefined {
  return items
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)[0];
}
