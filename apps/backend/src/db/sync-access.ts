import { PERMISSIONS, ROLE_PERMISSIONS, ROLES } from '@outdial/contracts';
import type { Connection } from 'mariadb';

/** Writes the roles and permissions the product knows; what is there already stays. */
export async function syncAccess(connection: Connection): Promise<void> {
  await connection.batch(
    'INSERT IGNORE INTO `role` (`key`) VALUES (?)',
    ROLES.map((role) => [role]),
  );
  await connection.batch(
    'INSERT IGNORE INTO `permission` (`key`) VALUES (?)',
    PERMISSIONS.map((permission) => [permission]),
  );
  await connection.batch(
    'INSERT IGNORE INTO `role_permission` (`roleKey`, `permissionKey`) VALUES (?, ?)',
    ROLES.flatMap((role) => ROLE_PERMISSIONS[role].map((permission) => [role, permission])),
  );
}
