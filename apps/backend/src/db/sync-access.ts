import { PERMISSIONS, ROLE_PERMISSIONS, ROLES } from '@outdial/contracts';
import type { Connection } from 'mariadb';

/**
 * Writes the roles and permissions the product knows. A permission that is new to the product is granted to the roles
 * of every organization once, as its default says; what an organization has revoked since stays revoked.
 */
export async function syncAccess(connection: Connection): Promise<void> {
  await connection.batch(
    'INSERT IGNORE INTO `role` (`key`) VALUES (?)',
    ROLES.map((role) => [role]),
  );
  const known = await connection.query<{ key: string }[]>('SELECT `key` FROM `permission`');
  const fresh = PERMISSIONS.filter((permission) => !known.some(({ key }) => key === permission));
  for (const permission of fresh) {
    await connection.beginTransaction();
    await connection.query('INSERT IGNORE INTO `permission` (`key`) VALUES (?)', [permission]);
    for (const role of ROLES.filter((key) => ROLE_PERMISSIONS[key].includes(permission)))
      await connection.query(
        `INSERT IGNORE INTO role_permission (organizationId, roleKey, permissionKey)
         SELECT id, ?, ? FROM organization`,
        [role, permission],
      );
    await connection.commit();
  }
}
