import type { Rule } from './rule';
import { BACKEND_RULES } from './rules/backend';
import { DOMAIN_RULES } from './rules/domains';
import { FRONTEND_RULES } from './rules/frontend';
import { PACKAGE_RULES } from './rules/packages';

/** Every rule. Each has probes in `probes.ts`. */
export const RULES: readonly Rule[] = [
  ...PACKAGE_RULES,
  ...DOMAIN_RULES,
  ...BACKEND_RULES,
  ...FRONTEND_RULES,
];
