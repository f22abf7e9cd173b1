import type { Page, Role, SipAccount, StoredSipAccount, User } from '@outdial/contracts';
import { z } from 'zod';
import type { SecretBox } from '../../adapters/secret-box';
import type { Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import type { AgentProfile, Prisma } from '../../db/generated/client';
import { decodeCursor, pageFrom } from '../../db/keyset';
import { forOrganization, type TenantDb } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';

const nameIdCursor = z.tuple([z.string().max(120), z.string().max(64)]);

interface UserFilter {
  cursor?: string | undefined;
  limit: number;
  search?: string | undefined;
  role?: Role | undefined;
}

/** What the password of a SIP account is sealed to. */
export const sipPasswordContext = (agentId: string): string => `agent:${agentId}:sip-password`;

/** People of an organization. */
export class UsersService {
  constructor(
    private readonly db: Db,
    private readonly secrets: SecretBox,
  ) {}

  async list(actor: Actor, filter: UserFilter): Promise<Page<User>> {
    const after = filter.cursor ? decodeCursor(filter.cursor, nameIdCursor) : null;
    const conditions: Prisma.UserWhereInput[] = [];
    if (after)
      conditions.push({ OR: [{ name: { gt: after[0] } }, { name: after[0], id: { gt: after[1] } }] });
    if (filter.search)
      conditions.push({
        OR: [{ name: { contains: filter.search } }, { email: { contains: filter.search } }],
      });
    const rows = await forOrganization(this.db, actor.organizationId).user.findMany({
      where: { AND: conditions, ...(filter.role && { roleKey: filter.role }) },
      include: {
        agent: { include: { team: true } },
        sessions: { select: { updatedAt: true }, orderBy: { updatedAt: 'desc' }, take: 1 },
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: filter.limit + 1,
    });
    const page = pageFrom(rows, filter.limit, (row) => [row.name, row.id]);
    const items = page.rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      role: row.roleKey as Role,
      extension: row.agent?.extension ?? null,
      team: row.agent?.team?.name ?? null,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.sessions[0]?.updatedAt.toISOString() ?? null,
    }));
    return { items, nextCursor: page.nextCursor };
  }

  async showSipAccount(actor: Actor, userId: string): Promise<StoredSipAccount> {
    return storedSipAccount(await agentOf(forOrganization(this.db, actor.organizationId), userId));
  }

  async putSipAccount(actor: Actor, userId: string, account: SipAccount): Promise<StoredSipAccount> {
    const db = forOrganization(this.db, actor.organizationId);
    const { id } = await agentOf(db, userId);
    const sealed = account.sipPassword && this.secrets.seal(account.sipPassword, sipPasswordContext(id));
    try {
      const agent = await db.agentProfile.update({
        where: { id },
        data: {
          extension: account.extension,
          sipUsername: account.sipUsername,
          ...(sealed && { sipPasswordEncrypted: sealed }),
        },
      });
      return storedSipAccount(agent);
    } catch (error) {
      if (isDuplicate(error)) throw await sipAccountTaken(db, id, account);
      throw error;
    }
  }
}

/** The phone of a person of the organization. */
async function agentOf(db: TenantDb, userId: string): Promise<AgentProfile> {
  const user = await db.user.findUnique({ where: { id: userId }, include: { agent: true } });
  if (!user) throw notFound('This user');
  if (!user.agent) throw new AppError('no-agent-profile', `${user.name} is not an agent and has no phone.`);
  return user.agent;
}

const storedSipAccount = (agent: AgentProfile): StoredSipAccount => ({
  extension: agent.extension,
  sipUsername: agent.sipUsername,
  hasSipPassword: agent.sipPasswordEncrypted !== null,
});

/** Says which of the two to change. Who holds a user name is not told: it may be another organization. */
async function sipAccountTaken(db: TenantDb, agentId: string, account: SipAccount): Promise<AppError> {
  const { extension, sipUsername } = account;
  const holder = await db.agentProfile.findFirst({
    where: { extension, id: { not: agentId } },
    include: { user: true },
  });
  const taken = holder
    ? `Extension ${extension} is taken by ${holder.user.name}.`
    : `The SIP username ${sipUsername} is taken.`;
  return new AppError('conflict', `${taken} Choose another.`);
}
