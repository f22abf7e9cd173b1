import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { addressBehind, trustOf } from './trust-proxy';

const from = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress } as Socket,
  headers: forwarded ? { 'x-forwarded-for': forwarded } : {},
});

it('believes X-Forwarded-For as far as named proxies wrote it', () => {
  const addressOf = addressBehind(trustOf('loopback, 10.1.0.0/16'));
  expect(addressOf(from('198.51.100.7'))).toBe('198.51.100.7');
  expect(addressOf(from('198.51.100.7', '203.0.113.1'))).toBe('198.51.100.7');
  expect(addressOf(from('::ffff:127.0.0.1', '203.0.113.1, 198.51.100.7'))).toBe('198.51.100.7');
  expect(addressOf(from('10.1.2.3', '203.0.113.1, 198.51.100.7, 10.1.9.9'))).toBe('198.51.100.7');
  expect(addressOf(from('10.2.2.3', '203.0.113.1'))).toBe('10.2.2.3');
});

it('believes as many proxies as there are, and no visitor with a private address', () => {
  const visitor = from('10.0.0.9', '203.0.113.1');
  expect(addressBehind(trustOf('0'))(visitor)).toBe('10.0.0.9');
  expect(addressBehind(trustOf('1'))(from('10.0.0.1', '203.0.113.1, 10.0.0.9'))).toBe('10.0.0.9');
  expect(addressBehind(trustOf('2'))(from('10.0.0.1', '203.0.113.1, 10.0.0.9, 10.0.0.2'))).toBe('10.0.0.9');
});

it.each(['uniquelocal', 'loopback, linklocal', 'everyone', '-1', '12', ''])('refuses "%s"', (setting) => {
  expect(() => trustOf(setting)).toThrow(/number of proxies/);
});
