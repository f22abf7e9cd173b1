import { randomBytes } from 'node:crypto';
import { ROLE_PERMISSIONS, ROLES, type Role } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { passwordHasher } from '../../adapters/password';
import type { Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { AppError } from '../../errors/app-error';

export interface NewOrganization {
  readonly name: string;
  readonly superadmin: NewPerson;
}

/** The rows an organization begins with, besides its own: what its roles may do. */
export const defaultGrants = () =>
  ROLES.flatMap((roleKey) => ROLE_PERMISSIONS[roleKey].map((permissionKey) => ({ roleKey, permissionKey })));

/** Operators belong to no customer's organization, but to one of their own. */
const OPERATORS = { name: 'Operators', slug: 'operators' } as const;

interface NewPerson {
  readonly name: string;
  readonly email: string;
}

/** Organizations and the first person of each; everyone else is made by that person. */
export class OrganizationsService {
  constructor(private readonly db: Db) {}

  /**
   * There is no unit of work before there is an organization: this is one transaction of its own.
   * @returns the superadmin's password, made at random and known to nobody else
   * @throws AppError `conflict` when the email or the organization is there already
   */
  async create({ name, superadmin }: NewOrganization): Promise<{ password: string }> {
    const { password, user } = await newUser(superadmin, 'superadmin');
    const organization = { name, slug: slugOf(name), rolePermissions: { create: defaultGrants() } };
    await taken(this.db.organization.create({ data: { ...organization, users: { create: user } } }));
    return { password };
  }

  /**
   * Somebody who runs the installation.
   * @returns the password, made at random and known to nobody else
   * @throws AppError `conflict` when the email is there already
   */
  async createOperator(operator: NewPerson): Promise<{ password: string }> {
    const { password, user } = await newUser(operator, 'operator');
    const { id: organizationId } = await this.db.organization.upsert({
      where: { slug: OPERATORS.slug },
      create: { ...OPERATORS, rolePermissions: { create: defaultGrants() } },
      update: {},
    });
    await taken(this.db.user.create({ data: { ...user, organizationId } }));
    return { password };
  }
}

/** A person who signs in with a password that was made for them. */
async function newUser({ name, email }: NewPerson, roleKey: Role) {
  const password = randomBytes(12).toString('base64url');
  const id = uuidv7();
  const hash = await passwordHasher.hash(password);
  const account = { id: uuidv7(), accountId: id, providerId: 'credential', password: hash };
  const user = { id, name, email: email.toLowerCase(), emailVerified: true, roleKey };
  return { password, user: { ...user, accounts: { create: account } } };
}

async function taken(creating: Promise<unknown>): Promise<void> {
  try {
    await creating;
  } catch (error) {
    if (isDuplicate(error))
      throw new AppError('conflict', 'This organization or this email is there already.');
    throw error;
  }
}

/** What an organization is called in addresses; of a slug, the slug itself. */
export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || uuidv7();
