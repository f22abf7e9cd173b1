import type { Page, Role, SipAccount, StoredSipAccount, Team, User } from '@outdial/contracts';
import { z } from 'zod';
import { type SecretBox, sipPasswordContext } from '../../adapters/secret-box';
import type { Db } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import type { AgentProfile, Prisma } from '../../db/generated/client';
import { after, decodeCursor, pageFrom } from '../../db/keyset';
import { publicId } from '../../db/public-ids';
import { forOrganization, type TenantReader } from '../../db/tenant';
import { AppError, notFound } from '../../errors/app-error';
import type { Actor } from '../../work/actor';
import type { Units } from '../../work/units';
import { toUser, userInclude } from './user-rows';

const nameIdCursor = z.tuple([z.string().max(120), z.string().max(64)]);

interface UserFilter {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
  readonly role?: Role | undefined;
}

/** People of an organization. */
export class UsersService {
  constructor(
    private readonly db: Db,
    private readonly units: Units,
    private readonly secrets: SecretBox,
  ) {}

  async list(actor: Actor, { cursor, limit, search, role }: UserFilter): Promise<Page<User>> {
    const place = cursor ? decodeCursor(cursor, nameIdCursor) : null;
    const conditions: Prisma.UserWhereInput[] = [
      after(['name', 'id'], place, 'asc'),
      search ? { OR: [{ name: { contains: search } }, { email: { contains: search } }] } : {},
    ];
    const rows = await forOrganization(this.db, actor.organizationId).user.findMany({
      where: { AND: conditions, ...(role && { roleKey: role }) },
      include: userInclude,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: limit + 1,
    });
    const page = pageFrom(rows, limit, (row) => [row.name, row.id]);
    return { items: page.rows.map(toUser), nextCursor: page.nextCursor };
  }

  async listTeams(actor: Actor): Promise<{ items: Team[] }> {
    const teams = await forOrganization(this.db, actor.organizationId).team.findMany({
      orderBy: { name: 'asc' },
      take: 1_000,
    });
    return { items: teams.map(({ id, name }) => ({ id: publicId('team', id), name })) };
  }

  async showSipAccount(actor: Actor, userId: string): Promise<StoredSipAccount> {
    return storedSipAccount(await agentOf(forOrganization(this.db, actor.organizationId), userId));
  }

  async putSipAccount(actor: Actor, userId: string, account: SipAccount): Promise<StoredSipAccount> {
    const { extension, sipUsername, sipPassword } = account;
    const db = forOrganization(this.db, actor.organizationId);
    const { id } = await agentOf(db, userId);
    const sealed = sipPassword && this.secrets.seal(sipPassword, sipPasswordContext(id));
    try {
      return await this.units.run(actor, async ({ tx, audit }) => {
        const before = await tx.agentProfile.findFirstOrThrow({ where: { id } });
        const data = { extension, sipUsername, ...(sealed && { sipPasswordEncrypted: sealed }) };
        await tx.agentProfile.updateMany({ where: { id }, data });
        const after = storedSipAccount({ ...before, ...data });
        audit({
          action: 'agent.sip-account-changed',
          subject: { kind: 'agent', id: publicId('agent', id) },
          before: { ...storedSipAccount(before) },
          after: { ...after, passwordChanged: Boolean(sealed) },
        });
        return after;
      });
    } catch (error) {
      if (isDuplicate(error)) throw await sipAccountTaken(db, id, account);
      throw error;
    }
  }
}

/** The phone of a person of the organization. */
async function agentOf(db: TenantReader, userId: string): Promise<AgentProfile> {
  const user = await db.user.findUnique({ where: { id: userId }, include: { agent: true } });
  if (!user) throw notFound('This user');
  if (!user.agent) throw new AppError('no-agent-profile', `${user.name} is not an agent and has no phone.`);
  return user.agent;
}

type SipColumns = Pick<AgentProfile, 'extension' | 'sipUsername' | 'sipPasswordEncrypted'>;

const storedSipAccount = (agent: SipColumns): StoredSipAccount => ({
  extension: agent.extension,
  sipUsername: agent.sipUsername,
  hasSipPassword: agent.sipPasswordEncrypted !== null,
});

/** Says which of the two to change. Who holds a user name is not told: it may be another organization. */
async function sipAccountTaken(db: TenantReader, agentId: number, account: SipAccount): Promise<AppError> {
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
