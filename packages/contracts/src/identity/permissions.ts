/** Roles within an organization, from the least to the most powerful: superadmin › manager › agent. */
export const ORGANIZATION_ROLES = ['agent', 'manager', 'superadmin'] as const;

/** The operator runs the installation and stands above its organizations: sees that they work, not their calls. */
export const ROLES = [...ORGANIZATION_ROLES, 'operator'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'phone:use',
  'call:place',
  'call:read-own',
  'call:read-team',
  'call:read-organization',
  'sheet:work',
  'user:read',
  'user:manage',
  'user:manage-sip-account',
  'setting:manage',
  'job:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const OPERATOR: readonly Permission[] = ['job:read'];

const AGENT: readonly Permission[] = ['phone:use', 'call:place', 'call:read-own', 'sheet:work'];
const MANAGER: readonly Permission[] = [...AGENT, 'call:read-team', 'call:read-organization', 'user:read'];

/**
 * What each role may do out of the box. Granted to an organization when it is made, and to all of them when a
 * permission is new to the product; from then on the organization's own table `role_permission` decides.
 */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  agent: AGENT,
  manager: MANAGER,
  superadmin: PERMISSIONS.filter((permission) => !OPERATOR.includes(permission)),
  operator: OPERATOR,
};
