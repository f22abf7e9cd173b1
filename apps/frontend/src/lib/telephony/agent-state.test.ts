import type { CallState, DialerPhase, Registration } from '@outdial/telephony';
import { expect, it } from 'vitest';
import { agentState } from './agent-state';

const registered: Registration = { state: 'registered' };
const idle: CallState = { name: 'idle' };
const at = (call: CallState, phase: DialerPhase, registration: Registration = registered) =>
  agentState({ call, registration }, { phase });

it('names what the agent does, the call first', () => {
  expect(at(idle, { name: 'idle' }).word).toBe('Ready');
  expect(at(idle, { name: 'paused', reason: 'agent', message: null, goesOn: false }).word).toBe('Paused');
  const live = { callId: 'c', destination: '+12025550101', startedAt: 5, hangUp: null };
  expect(at({ name: 'dialing', sent: false, ...live }, { name: 'idle' })).toEqual({
    tone: 'dialing',
    word: 'Dialing',
    since: 5,
  });
  const talking = {
    ...live,
    ringingAt: null,
    answeredAt: 9,
    muted: false,
    holding: false,
    otherHolds: false,
    audio: 'well',
  } as const;
  const word = (more: object) => at({ name: 'connected', ...talking, ...more }, { name: 'idle' }).word;
  expect(word({ muted: true })).toBe('Talking, muted');
  expect(word({ audio: 'lost' })).toBe('No sound');
  expect(word({ otherHolds: true })).toBe('Held by the other side');
  expect(at({ name: 'held', ...talking }, { name: 'idle' }).tone).toBe('held');
});

it('is offline without a registration', () => {
  expect(at(idle, { name: 'idle' }, { state: 'unregistered', reason: 'gone' }).word).toBe('Offline');
  expect(agentState(null, null).tone).toBe('offline');
});
