import { describe, expect, it } from 'vitest';
import { type Symptoms, treat } from './line-doctor';

const healthy: Symptoms = {
  signalling: 'well',
  silentMs: 0,
  disconnected: false,
  sinceRestartMs: Number.POSITIVE_INFINITY,
};
const of = (symptoms: Partial<Symptoms>) => treat({ ...healthy, ...symptoms });

describe('a sick call', () => {
  it('is left alone while it can be heard, whatever the browser calls it', () => {
    expect(of({})).toBe('nothing');
    expect(of({ disconnected: true })).toBe('nothing');
    expect(of({ signalling: 'sick', silentMs: 2_000, disconnected: true })).toBe('nothing');
  });

  it('gets a new way for its audio after 3 s of silence, at once when the browser sees it broken', () => {
    expect(of({ silentMs: 2_999 })).toBe('nothing');
    expect(of({ silentMs: 3_000 })).toBe('restart-ice');
    expect(of({ silentMs: 1_000, disconnected: true })).toBe('restart-ice');
  });

  it('is not treated twice within 5 s, and not while the phone server is away', () => {
    expect(of({ silentMs: 6_000, sinceRestartMs: 4_999 })).toBe('nothing');
    expect(of({ silentMs: 6_000, sinceRestartMs: 5_000 })).toBe('restart-ice');
    expect(of({ silentMs: 44_000, signalling: 'sick' })).toBe('nothing');
  });

  it('ends when nothing has helped', () => {
    expect(of({ silentMs: 20_000, sinceRestartMs: 1_000 })).toBe('end');
    expect(of({ silentMs: 45_000, signalling: 'sick' })).toBe('end');
  });
});
