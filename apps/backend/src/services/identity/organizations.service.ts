import { randomBytes } from 'node:crypto';
import { ROLE_PERMISSIONS, ROLES } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { passwordHasher } from '../../adapters/password';
import type { Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { AppError } from '../../errors/app-error';

export interface NewOrganization {
  readonly name: string;
  readonly superadmin: { readonly name: string; readonly email: string };
}

/** The rows an organization begins with, besides its own: what its roles may do. */
export const defaultGrants = () =>
  ROLES.flatMap((roleKey) => ROLE_PERMISSIONS[roleKey].map((permissionKey) => ({ roleKey, permissionKey })));

/** Organizations and the first person of each; everyone else is made by that person. */
export class OrganizationsService {
  constructor(private readonly db: Db) {}

  /**
   * There is no unit of work before there is an organization: this is one transaction of its own.
   * @returns the superadmin's password, made at random and known to nobody else
   * @throws AppError `conflict` when the email or the organization is there already
   */
  async create({ name, superadmin }: NewOrganization): Promise<{ password: string }> {
    const password = randomBytes(12).toString('base64url');
    const userId = uuidv7();
    const account = {
      id: uuidv7(),
      accountId: userId,
      providerId: 'credential',
      password: await passwordHasher.hash(password),
    };
    const user = {
      id: userId,
      name: superadmin.name,
      email: superadmin.email.toLowerCase(),
      emailVerified: true,
      roleKey: 'superadmin',
      accounts: { create: account },
    };
    try {
      await this.db.organization.create({
        data: {
          name,
          slug: slugOf(name),
          rolePermissions: { create: defaultGrants() },
          users: { create: user },
        },
      });
    } catch (error) {
      if (isDuplicate(error))
        throw new AppError('conflict', 'This organization or this email is there already.');
      throw error;
    }
    return { password };
  }
}

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || uuidv7();
