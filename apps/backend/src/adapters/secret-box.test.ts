import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { SecretBox } from './secret-box';

const box = new SecretBox(randomBytes(32).toString('base64'));

it('opens what it sealed, and seals the same secret differently each time', () => {
  const sealed = box.seal('pässwörd 🔑', 'agent:1');
  expect(box.open(sealed, 'agent:1')).toBe('pässwörd 🔑');
  expect(box.seal('pässwörd 🔑', 'agent:1')).not.toBe(sealed);
});

it('does not open what was copied elsewhere, changed, or sealed with another key', () => {
  const sealed = box.seal('secret', 'agent:1');
  expect(() => box.open(sealed, 'agent:2')).toThrow();
  expect(() => box.open(`${sealed.slice(0, -4)}AAA=`, 'agent:1')).toThrow();
  const other = new SecretBox(randomBytes(32).toString('base64'));
  expect(() => other.open(sealed, 'agent:1')).toThrow();
});
