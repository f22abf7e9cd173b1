import { expect, it } from 'vitest';
import { fileNameOf } from './file-name';

it.each([
  ['leads.csv', 'leads.csv'],
  ['../../etc/leads.csv', 'leads.csv'],
  ['a\r\nX-Injected: y.csv', 'aX-Injected: y.csv'],
  ['leads\u202Evsc.exe', 'leadsvsc.exe'],
  ['\u0000', 'Sheet'],
  ['', 'Sheet'],
  // Letters of right-to-left scripts, marks between them and joined emoji are names like any other.
  ['عملاء\u200F.csv', 'عملاء\u200F.csv'],
  ['👩\u200D💻.csv', '👩\u200D💻.csv'],
])('calls %j %j', (sent, name) => {
  expect(fileNameOf(sent)).toBe(name);
});

it('keeps as much of a name as there is room for', () => {
  expect(fileNameOf('x'.repeat(300))).toHaveLength(255);
});
