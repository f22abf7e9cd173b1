import { expect, it } from 'vitest';
import { describeUserAgent } from './user-agent';

it('says which browser on which system', () => {
  expect(
    describeUserAgent(
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    ),
  ).toBe('Chrome on Linux');
  expect(
    describeUserAgent('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1'),
  ).toBe('Safari on iOS');
  expect(describeUserAgent(null)).toBe('Another program');
});
