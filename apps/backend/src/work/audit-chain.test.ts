import { expect, it } from 'vitest';
import { CHAIN_START, type ChainedEntry, sealOf } from './audit-chain';

const entry: ChainedEntry = {
  id: 7n,
  organizationId: 1,
  at: new Date('2026-01-02T03:04:05.678Z'),
  actorKind: 'user',
  actorId: 'u',
  actorName: 'Ava',
  action: 'agent.sip-account-changed',
  subjectKind: 'agent',
  subjectId: 'a',
  before: '{"extension":"1001"}',
  after: null,
  address: '127.0.0.1',
  requestId: 'r',
};

it('seals every column, and the seal before', () => {
  const seal = sealOf(CHAIN_START, entry);
  const changes: Partial<ChainedEntry>[] = [
    { id: 8n },
    { organizationId: 2 },
    { at: new Date('2026-01-02T03:04:05.679Z') },
    { actorKind: 'system' },
    { actorId: 'v' },
    { actorName: 'Eva' },
    { action: 'x' },
    { subjectKind: 'user' },
    { subjectId: 'b' },
    { before: null },
    { after: '' },
    { address: null },
    { requestId: null },
  ];
  for (const change of changes) expect(sealOf(CHAIN_START, { ...entry, ...change })).not.toEqual(seal);
  expect(sealOf(seal, entry)).not.toEqual(seal);
  expect(sealOf(CHAIN_START, { ...entry, id: 7 })).toEqual(seal);
});

it('keeps columns apart: nothing moves from one to the next unseen', () => {
  const one = sealOf(CHAIN_START, { ...entry, actorId: 'ab', actorName: 'c' });
  expect(sealOf(CHAIN_START, { ...entry, actorId: 'a', actorName: 'bc' })).not.toEqual(one);
});
