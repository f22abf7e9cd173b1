import type { Role } from '@outdial/contracts';

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  agent: 'Agent',
  manager: 'Manager',
  superadmin: 'Superadmin',
  operator: 'Operator',
};
