import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { SystemActor } from '../src/work/actor';
import { Outdial } from './support/outdial';

let outdial: Outdial;
let actor: SystemActor;
beforeAll(async () => {
  outdial = await Outdial.start();
});
afterAll(() => outdial.close());

/** Five entries of an organization, sealed. */
beforeEach(async () => {
  actor = { kind: 'system', name: 'test', organizationId: await outdial.organization() };
  for (let n = 0; n < 5; n++) await note(`entry-${n}`);
  await sealed();
  expect(await faults()).toEqual([]);
});

const note = (id: string) =>
  outdial.core.units.run(actor, async ({ audit }) =>
    audit({ action: 'test.done', subject: { kind: 'test', id } }),
  );

const sealed = () => expect.poll(() => outdial.db.auditUnsealed.count(), { timeout: 10_000 }).toBe(0);

/** What is wrong with this organization's chain. */
const faults = async (known: Parameters<typeof outdial.core.services.audit.verify>[0] = []) =>
  (await outdial.core.services.audit.verify(known)).faults.filter(
    (fault) => fault.startsWith('entry') || fault.startsWith(`organization ${actor.organizationId}`),
  );

const entries = () =>
  outdial.db.auditEntry.findMany({ where: { organizationId: actor.organizationId }, orderBy: { id: 'asc' } });

it('numbers the seals of an organization without gaps', async () => {
  const seals = await outdial.db.auditSeal.findMany({ where: { organizationId: actor.organizationId } });
  expect(seals.map(({ seq }) => Number(seq)).sort()).toEqual([1, 2, 3, 4, 5]);
});

it('finds an entry that was altered', async () => {
  const [, second] = await entries();
  await outdial.db.auditEntry.updateMany({
    where: { id: second?.id ?? 0n },
    data: { actorName: 'Somebody else' },
  });
  expect(await faults()).toEqual([expect.stringContaining('altered or re-ordered')]);
  await outdial.db.auditEntry.updateMany({ where: { id: second?.id ?? 0n }, data: { actorName: 'test' } });
});

it('finds an entry that was removed, alone or with its seal', async () => {
  const all = await entries();
  await outdial.db.auditEntry.delete({ where: { id: all[1]?.id ?? 0n } });
  expect(await faults()).toEqual([expect.stringContaining('the entry is gone')]);
  await outdial.db.auditSeal.deleteMany({ where: { entryId: all[1]?.id ?? 0n } });
  expect(await faults()).toEqual([
    expect.stringContaining('seals before it are gone'),
    expect.stringContaining('altered or re-ordered'),
  ]);
});

it('finds entries that were put in another order', async () => {
  const [first, second] = await entries();
  const swap = (id: bigint | undefined, subjectId: string | undefined) =>
    outdial.db.auditEntry.updateMany({ where: { id: id ?? 0n }, data: { subjectId: subjectId ?? '' } });
  await swap(first?.id, second?.subjectId);
  await swap(second?.id, first?.subjectId);
  expect(await faults()).toHaveLength(2);
});

it('finds an entry that was slipped in past the chain', async () => {
  const [first] = await entries();
  const { id: _, ...row } = first as NonNullable<typeof first>;
  const { id } = await outdial.db.auditEntry.create({ data: row });
  expect(await faults()).toEqual([`entry ${id}: has no seal and waits for none`]);
  await outdial.db.auditEntry.delete({ where: { id } });
});

it('finds by an end written down before that the newest entries were cut off', async () => {
  const heads = (await outdial.core.services.audit.heads()).filter(
    ({ organizationId }) => organizationId === actor.organizationId,
  );
  expect(heads).toMatchObject([{ seq: 5 }]);
  const [last] = (await entries()).slice(-1);
  await outdial.db.auditSeal.deleteMany({ where: { entryId: last?.id ?? 0n } });
  await outdial.db.auditEntry.delete({ where: { id: last?.id ?? 0n } });
  expect(await faults()).toEqual([]);
  expect(await faults(heads)).toEqual([expect.stringContaining('ends before seal 5')]);
});

it('writes who signed in, from where, with the request’s id', async () => {
  const user = await outdial.user(actor.organizationId, 'superadmin');
  const id = 'request-of-the-test';
  await user.api
    .patch('/api/settings')
    .set('x-request-id', id)
    .send({ 'dialer.wrap-up-seconds': 9 })
    .expect(200);
  const rows = await outdial.db.auditEntry.findMany({ where: { actorId: user.id }, orderBy: { id: 'asc' } });
  expect(rows).toMatchObject([
    { action: 'session.signed-in', address: expect.stringContaining('127.0.0.1') },
    {
      action: 'settings.changed',
      before: '{"dialer.wrap-up-seconds":5}',
      after: '{"dialer.wrap-up-seconds":9}',
      requestId: id,
    },
  ]);
});
