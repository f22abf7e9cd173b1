import { v7 as uuidv7 } from 'uuid';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { cookieOf, LivePage } from './support/live-page';
import { Outdial, type TestUser } from './support/outdial';

let outdial: Outdial;
let organizationId: number;
let agent: TestUser;
let manager: TestUser;
const pages: LivePage[] = [];

beforeAll(async () => {
  outdial = await Outdial.start();
});
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
});
afterAll(() => outdial.close());

async function people(): Promise<void> {
  organizationId = await outdial.organization();
  agent = await outdial.user(organizationId, 'agent');
  manager = await outdial.user(organizationId, 'manager');
}

async function page(user: TestUser): Promise<LivePage> {
  const opened = await LivePage.open(outdial, user);
  pages.push(opened);
  return opened;
}

const seen = (by: LivePage, user: TestUser) => by.people.get(user.id);

describe('who is there', () => {
  it('is told to managers as it changes, and whole to whoever comes', async () => {
    await people();
    const floor = await page(manager);
    const desk = await page(agent);
    await expect.poll(() => seen(floor, agent)).toBe('online');
    desk.state('talking');
    await expect.poll(() => seen(floor, agent)).toBe('talking');
    const later = await page(manager);
    expect(Object.fromEntries(later.people)).toEqual({ [agent.id]: 'talking', [manager.id]: 'online' });
    desk.close();
    await expect.poll(() => seen(floor, agent), { timeout: 8_000 }).toBeUndefined();
  });

  it('is told to no agent, to no other organization, and to no team but its own', async () => {
    await people();
    const colleague = await outdial.user(organizationId, 'agent');
    const { id: teamId } = await outdial.db.team.create({ data: { organizationId, name: 'Mine' } });
    await outdial.db.agentProfile.updateMany({ where: { userId: colleague.id }, data: { teamId } });
    await outdial.db.rolePermission.deleteMany({
      where: { organizationId, roleKey: 'manager', permissionKey: 'call:read-organization' },
    });
    await outdial.db.teamManager.create({ data: { organizationId, teamId, userId: manager.id } });
    outdial.core.bus.publish({ kind: 'access-changed', organizationId });
    const superadmin = await outdial.user(organizationId, 'superadmin');
    const stranger = await outdial.user(await outdial.organization(), 'superadmin');
    const [all, lead, other, elsewhere, desk, mate] = await Promise.all(
      [superadmin, manager, agent, stranger, agent, colleague].map(page),
    );
    desk?.state('ready');
    mate?.state('paused');
    await expect.poll(() => all && [seen(all, agent), seen(all, colleague)]).toEqual(['ready', 'paused']);
    await expect.poll(() => lead && seen(lead, colleague)).toBe('paused');
    expect(lead?.everToldOf).toEqual(new Set([manager.id, colleague.id]));
    expect(other?.everToldOf).toEqual(new Set());
    expect(elsewhere?.everToldOf).toEqual(new Set([stranger.id]));
    // Nor to whoever comes later.
    expect((await page(agent)).everToldOf).toEqual(new Set());
    expect((await page(stranger)).everToldOf).toEqual(new Set([stranger.id]));
  });

  it.each(['user:read', 'call:read-organization'] as const)(
    'is taken within 5 s from whoever loses %s',
    async (permissionKey) => {
      await people();
      const floor = await page(manager);
      await page(agent);
      await expect.poll(() => seen(floor, agent)).toBe('online');
      await outdial.db.rolePermission.deleteMany({
        where: { organizationId, roleKey: 'manager', permissionKey },
      });
      outdial.core.bus.publish({ kind: 'access-changed', organizationId });
      await expect.poll(() => seen(floor, agent), { timeout: 5_000 }).toBeUndefined();
      floor.everToldOf.clear();
      await page(await outdial.user(organizationId, 'agent'));
      const superadmin = await page(await outdial.user(organizationId, 'superadmin'));
      await expect.poll(() => superadmin.people.size).toBe(4);
      expect(floor.everToldOf).not.toContain(agent.id);
      expect(floor.everToldOf.size).toBeLessThanOrEqual(1);
    },
  );

  it('is taken at once from a session that is revoked, which is there no more', async () => {
    await people();
    const revoked = await page(manager);
    const superadmin = await page(await outdial.user(organizationId, 'superadmin'));
    await expect.poll(() => seen(superadmin, manager)).toBe('online');
    const told = new Promise((resolve) => revoked.socket.once('session-ended', () => resolve('told')));
    const mine = outdial.visitor();
    const cookie = await cookieOf(outdial, manager);
    const { body } = await mine.get('/api/auth/sessions').set('cookie', cookie).expect(200);
    for (const { id, current } of body.items)
      if (!current) await mine.delete(`/api/auth/sessions/${id}`).set('cookie', cookie).expect(200);
    expect(await told).toBe('told');
    revoked.everToldOf.clear();
    await page(agent);
    await expect.poll(() => seen(superadmin, agent)).toBe('online');
    await expect.poll(() => seen(superadmin, manager), { timeout: 8_000 }).toBeUndefined();
    expect(revoked.everToldOf).toEqual(new Set());
  });

  it('believes no state that is none', async () => {
    await people();
    const floor = await page(manager);
    const desk = await page(agent);
    for (const state of ['offline', 'nonsense', null, { talking: true }]) desk.socket.emit('state', state);
    desk.state('ready');
    await expect.poll(() => seen(floor, agent)).toBe('ready');
  });
});

describe('a page in a call', () => {
  const dial = async () => {
    const id = uuidv7();
    await agent.api.post('/api/calls').send({ id, destination: '+12025550100' }).expect(201);
    return id;
  };
  const seenAt = async () =>
    (await outdial.db.liveCall.findFirstOrThrow({ where: { organizationId } })).seenAt;

  it('keeps its call alive, and only its own', async () => {
    await people();
    const desk = await page(agent);
    const id = await dial();
    const begun = await seenAt();
    outdial.clock.advance(60_000);
    const colleague = await page(await outdial.user(organizationId, 'agent'));
    const stranger = await page(await outdial.user(await outdial.organization(), 'agent'));
    const floor = await page(manager);
    expect(await Promise.all([colleague, stranger, floor].map((each) => each.alive(id)))).toEqual([
      'unknown',
      'unknown',
      'unknown',
    ]);
    expect(await seenAt()).toEqual(begun);
    expect(await desk.alive(uuidv7())).toBe('unknown');
    expect(await desk.alive(id)).toBe('noted');
    expect(await seenAt()).toEqual(outdial.clock.now());
  });

  it('has its calls and those of others written together', async () => {
    await people();
    const desk = await page(agent);
    const ids = await Promise.all(Array.from({ length: 20 }, dial));
    outdial.clock.advance(60_000);
    const quick = vi.spyOn(outdial.core.units, 'quick');
    expect(await Promise.all(ids.map((id) => desk.alive(id)))).toEqual(ids.map(() => 'noted'));
    expect(quick.mock.calls.map(([actor]) => actor)).toEqual([
      { kind: 'system', name: 'heartbeats', organizationId },
    ]);
    const live = await outdial.db.liveCall.findMany({ where: { organizationId } });
    expect(live.map((call) => call.seenAt)).toEqual(ids.map(() => outdial.clock.now()));
  });
});
