import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { forOrganization } from '../src/db/tenant';
import { firstIdAt } from '../src/db/time-id';
import type { SystemActor } from '../src/work/actor';
import { UnitRefusedError } from '../src/work/units';
import { Outdial } from './support/outdial';

let outdial: Outdial;
let actor: SystemActor;
let stranger: SystemActor;
const system = (organizationId: number): SystemActor => ({ kind: 'system', name: 'test', organizationId });
beforeAll(async () => {
  outdial = await Outdial.start();
});
beforeEach(async () => {
  actor = system(await outdial.organization());
  stranger = system(await outdial.organization());
});
afterAll(() => outdial.close());

const units = () => outdial.core.units;
const of = ({ organizationId }: SystemActor) => ({ where: { organizationId } });
const team = ({ organizationId }: SystemActor, name = 'Team') => ({ data: { organizationId, name } });
const audited = { action: 'team.made', subject: { kind: 'team', id: 'x' }, after: { name: 'Team' } };

it('writes change, audit entry, event and job together, and what follows after the commit', async () => {
  const followed = vi.fn();
  await units().run(actor, async (unit) => {
    await unit.tx.team.create(team(actor));
    unit.audit(audited);
    unit.event('settings.changed', {}, { keys: ['x'] });
    unit.job('file.remove', uuidv7(), { key: 'recordings/none' });
    unit.afterCommit(followed);
    expect(followed).not.toHaveBeenCalled();
  });
  expect(followed).toHaveBeenCalledOnce();
  expect(await outdial.db.team.count(of(actor))).toBe(1);
  expect(await outdial.db.auditEntry.findMany(of(actor))).toMatchObject([
    { action: 'team.made', actorKind: 'system', actorId: 'test', before: null, after: '{"name":"Team"}' },
  ]);
  expect(await outdial.db.outbox.count(of(actor))).toBe(1);
  await expect
    .poll(() => outdial.db.jobRequest.findMany(of(actor)))
    .toMatchObject([{ doneAt: expect.any(Date) }]);
});

it('takes all of it back when the work fails, and nothing follows', async () => {
  const followed = vi.fn();
  const failing = units().run(actor, async (unit) => {
    await unit.tx.team.create(team(actor));
    unit.audit(audited);
    unit.event('settings.changed', {}, { keys: ['x'] });
    unit.job('file.remove', uuidv7(), { key: 'recordings/none' });
    unit.afterCommit(followed);
    throw new Error('in the middle');
  });
  await expect(failing).rejects.toThrow('in the middle');
  expect(followed).not.toHaveBeenCalled();
  for (const table of ['team', 'auditEntry', 'outbox', 'jobRequest'] as const)
    expect(await (outdial.db[table] as typeof outdial.db.team).count(of(actor)), table).toBe(0);
});

it('joins a unit that is under way, and refuses one of another organization', async () => {
  const failing = units().run(actor, async () => {
    await units().run(actor, (unit) => unit.tx.team.create(team(actor)));
    throw new Error('the outer one');
  });
  await expect(failing).rejects.toThrow('the outer one');
  expect(await outdial.db.team.count(of(actor))).toBe(0);
  const crossing = units().run(actor, () => units().run(stranger, async () => undefined));
  await expect(crossing).rejects.toThrow('another organization');
});

it('runs again what lost a deadlock, and tells of it once', async () => {
  const [a, b] = await Promise.all(['A', 'B'].map((name) => outdial.db.team.create(team(actor, name))));
  let waiting = 0;
  let release: () => void = () => undefined;
  const bothHold = new Promise<void>((resolve) => {
    release = resolve;
  });
  const runs = { first: 0, second: 0 };
  const crossed = (who: 'first' | 'second', ids: readonly (number | undefined)[]) =>
    units().run(actor, async (unit) => {
      runs[who] += 1;
      const [one, other] = ids.map((id) => ({ id: id ?? 0 }));
      await unit.tx.team.updateMany({ where: one as { id: number }, data: { name: uuidv7() } });
      waiting += 1;
      if (waiting === 2) release();
      await bothHold;
      await unit.tx.team.updateMany({ where: other as { id: number }, data: { name: uuidv7() } });
      unit.event('settings.changed', {}, { keys: [who] });
    });
  await Promise.all([crossed('first', [a?.id, b?.id]), crossed('second', [b?.id, a?.id])]);
  expect(runs.first + runs.second).toBe(3);
  expect(await outdial.db.outbox.count(of(actor))).toBe(2);
});

it('does a job once for a key, however often it is asked for', async () => {
  const key = uuidv7();
  for (let n = 0; n < 3; n++)
    await units().run(actor, async (unit) => unit.job('file.remove', key, { key: 'recordings/none' }));
  expect(await outdial.db.jobRequest.count({ where: { key } })).toBe(1);
});

it('takes a quick unit back when a statement changes another number of rows than it must', async () => {
  const insert = {
    sql: 'INSERT INTO team (organizationId, name) VALUES (?, ?)',
    values: [actor.organizationId, 'Quick'],
  };
  const nobody = { sql: 'UPDATE team SET name = ? WHERE id = 0', values: ['x'], mustChange: 1 };
  await expect(units().quick(actor, [insert, nobody], [])).rejects.toThrow(UnitRefusedError);
  expect(await outdial.db.team.count(of(actor))).toBe(0);
  await units().quick(actor, [{ ...insert, mustChange: 1 }], []);
  expect(await outdial.db.team.count(of(actor))).toBe(1);
});

it('lets nobody write who only reads', async () => {
  const reader = forOrganization(outdial.db, actor.organizationId) as unknown as typeof outdial.db;
  await expect(reader.team.create(team(actor))).rejects.toThrow('not for reading');
  await expect(reader.team.updateMany({ data: { name: 'x' } })).rejects.toThrow('not for reading');
  await expect(reader.team.deleteMany()).rejects.toThrow('not for reading');
  await expect(reader.session.findMany()).rejects.toThrow('belongs to no organization');
});

it('guards every way to write to another organization', async () => {
  const theirs = await outdial.db.team.create(team(stranger, 'Theirs'));
  const mine = await outdial.db.team.create(team(actor, 'Mine'));
  const attempt = (work: (tx: typeof outdial.db) => Promise<unknown>) =>
    units().run(actor, (unit) => work(unit.tx as unknown as typeof outdial.db));
  const { organizationId } = stranger;
  await expect(attempt((tx) => tx.team.create(team(stranger)))).rejects.toThrow('another organization');
  await expect(
    attempt((tx) => tx.team.createMany({ data: [team(actor).data, team(stranger).data] })),
  ).rejects.toThrow('another organization');
  await expect(attempt((tx) => tx.team.updateMany({ data: { organizationId } }))).rejects.toThrow(
    'another organization',
  );
  await expect(
    attempt((tx) => tx.team.update({ where: { organizationId_id: mine }, data: { name: 'x' } })),
  ).rejects.toThrow('not for a unit of work');
  const nested = { managers: { create: { organizationId, userId: 'x' } } };
  await expect(
    attempt((tx) => tx.team.create({ data: { ...team(actor, 'N').data, ...nested } })),
  ).rejects.toThrow('nested write');
  await attempt((tx) => tx.team.updateMany({ where: { id: theirs.id }, data: { name: 'Taken' } }));
  await attempt((tx) =>
    tx.team.updateMany({ where: { OR: [{ organizationId }, { id: { gt: 0 } }] }, data: { name: 'Own' } }),
  );
  await attempt((tx) => tx.team.deleteMany({ where: { id: theirs.id } }));
  expect(await outdial.db.team.findMany(of(stranger))).toMatchObject([{ name: 'Theirs' }]);
  expect(await outdial.db.team.findMany(of(actor))).toMatchObject([{ name: 'Own' }]);
});

it('draws another id when two calls of one millisecond draw the same', async () => {
  const agent = await outdial.user(actor.organizationId, 'agent');
  const taken = Array.from({ length: 4_000 }, (_, n) => ({
    organizationId: actor.organizationId,
    id: firstIdAt(outdial.clock.now()) + n,
    uuid: new Uint8Array(Buffer.from(uuidv7().replace(/-/g, ''), 'hex')),
    agentId: agent.agentRow as number,
    direction: 'outbound',
    destination: '+12025550100',
    status: 'failed',
    startedAt: outdial.clock.now(),
  }));
  await outdial.db.call.createMany({ data: taken });
  const answers = await Promise.all(
    Array.from({ length: 3 }, () =>
      agent.api.post('/api/calls').send({ id: uuidv7(), destination: '+12025550101' }),
    ),
  );
  // 96 of 4,096 ids are free: three draws seldom find one, and what fails has changed nothing.
  for (const { status } of answers) expect([201, 409]).toContain(status);
  const made = answers.filter(({ status }) => status === 201).length;
  expect(await outdial.db.liveCall.count(of(actor))).toBe(made);
});
