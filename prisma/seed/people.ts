import type { Role } from '@outdial/contracts';
import { v7 as uuidv7 } from 'uuid';
import { passwordHasher } from '../../apps/backend/src/adapters/password';
import type { Db } from '../../apps/backend/src/db/client';
import { defaultGrants } from '../../apps/backend/src/services/identity/organizations.service';

export const DEMO_PASSWORD = 'outdial-demo';

interface Person {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Agents only. */
  readonly extension?: string;
}

interface DemoOrganization {
  readonly slug: string;
  readonly name: string;
  readonly team: string;
  readonly people: readonly Person[];
}

const ORGANIZATIONS: readonly DemoOrganization[] = [
  {
    slug: 'demo',
    name: 'Demo',
    team: 'Renewals',
    people: [
      { name: 'Sam Okafor', email: 'superadmin@outdial.test', role: 'superadmin' },
      { name: 'Maya Lindqvist', email: 'manager@outdial.test', role: 'manager' },
      { name: 'Ava Thompson', email: 'agent1@outdial.test', role: 'agent', extension: '1001' },
      { name: 'Ben Carter', email: 'agent2@outdial.test', role: 'agent', extension: '1002' },
      { name: 'Chloe Nguyen', email: 'agent3@outdial.test', role: 'agent', extension: '1003' },
    ],
  },
  {
    slug: 'operators',
    name: 'Operators',
    team: 'Operators',
    people: [{ name: 'Kim Sato', email: 'operator@outdial.test', role: 'operator' }],
  },
  {
    slug: 'other',
    name: 'Other',
    team: 'Sales',
    people: [
      { name: 'Omar Haddad', email: 'manager@other.test', role: 'manager' },
      { name: 'Lena Fischer', email: 'agent@other.test', role: 'agent', extension: '1001' },
    ],
  },
];

/** An agent of the demo data, as the history needs it. */
export interface DemoAgent {
  readonly organizationId: number;
  readonly organizationSlug: string;
  readonly userId: string;
  readonly agentId: number;
  readonly teamId: number;
  readonly firstName: string;
}

async function seedOrganization(db: Db, demo: DemoOrganization): Promise<{ id: number; teamId: number }> {
  const organization = await db.organization.upsert({
    where: { slug: demo.slug },
    create: { slug: demo.slug, name: demo.name, rolePermissions: { create: defaultGrants() } },
    update: {},
  });
  const team = await db.team.upsert({
    where: { organizationId_name: { organizationId: organization.id, name: demo.team } },
    create: { organizationId: organization.id, name: demo.team },
    update: {},
  });
  return { id: organization.id, teamId: team.id };
}

async function seedUser(db: Db, organizationId: number, person: Person, password: string): Promise<string> {
  const id = uuidv7();
  const user = await db.user.upsert({
    where: { email: person.email },
    create: {
      id,
      organizationId,
      email: person.email,
      emailVerified: true,
      name: person.name,
      roleKey: person.role,
      accounts: { create: { id: uuidv7(), accountId: id, providerId: 'credential', password } },
    },
    update: {},
  });
  return user.id;
}

/** Makes the demo organizations and their people, and tells who the agents are. */
export async function seedPeople(db: Db): Promise<DemoAgent[]> {
  const password = await passwordHasher.hash(DEMO_PASSWORD);
  const agents: DemoAgent[] = [];
  for (const demo of ORGANIZATIONS) {
    const { id: organizationId, teamId } = await seedOrganization(db, demo);
    for (const person of demo.people) {
      const userId = await seedUser(db, organizationId, person, password);
      if (!person.extension) continue;
      const { id: agentId } = await db.agentProfile.upsert({
        where: { userId },
        create: {
          organizationId,
          userId,
          teamId,
          extension: person.extension,
          sipUsername: `${demo.slug}-${person.extension}`,
        },
        update: {},
      });
      const firstName = person.name.split(' ')[0] ?? person.name;
      agents.push({ organizationId, organizationSlug: demo.slug, userId, agentId, teamId, firstName });
    }
  }
  return agents;
}
