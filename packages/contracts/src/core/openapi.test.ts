import { describe, expect, it } from 'vitest';
import { ORGANIZATION_ROLES, PERMISSIONS, ROLE_PERMISSIONS } from '../identity/permissions';
import { endpointList } from './endpoints';
import { ERRORS } from './errors';
import { errorsOf, openApiDocument } from './openapi';

interface Operation {
  operationId: string;
  responses: Record<string, unknown>;
  security: unknown[];
}

describe('the OpenAPI document', () => {
  const paths = openApiDocument('1.2.3').paths as Record<string, Record<string, Operation>>;

  it.each(endpointList.map((endpoint) => [endpoint.id, endpoint] as const))(
    'describes %s',
    (_id, endpoint) => {
      const path = `/api${endpoint.path.replace(/:(\w+)/g, '{$1}')}`;
      const operation = paths[path]?.[endpoint.method];
      expect(operation?.operationId).toBe(endpoint.id);
      const statuses = [endpoint.status, ...errorsOf(endpoint).map((code) => ERRORS[code].status)].map(
        String,
      );
      expect(Object.keys(operation?.responses ?? {}).sort()).toEqual([...new Set(statuses)].sort());
      expect(operation?.security).toHaveLength(endpoint.access === 'public' ? 0 : 1);
    },
  );

  it('can be written as JSON and names every operation once', () => {
    const ids = endpointList.map((endpoint) => endpoint.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(() => JSON.stringify(openApiDocument('1.2.3'))).not.toThrow();
  });
});

describe('roles', () => {
  it('are a hierarchy: each may do what the one below may', () => {
    for (const [lower, higher] of [ORGANIZATION_ROLES.slice(0, 2), ORGANIZATION_ROLES.slice(1)] as [
      'agent' | 'manager',
      'manager' | 'superadmin',
    ][])
      expect(ROLE_PERMISSIONS[higher]).toEqual(expect.arrayContaining([...ROLE_PERMISSIONS[lower]]));
    // Together with the operator, who stands beside them, they may do everything; nobody may do both.
    expect([...ROLE_PERMISSIONS.superadmin, ...ROLE_PERMISSIONS.operator].sort()).toEqual(
      [...PERMISSIONS].sort(),
    );
  });
});
