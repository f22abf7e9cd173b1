import { expect, it } from 'vitest';
import { roleOf, withRole } from './column-roles';

const mapping = { headerLine: 1, phoneColumns: [3, 4], nameColumns: [0, 1], areaCodeColumn: 2 };

it('names the role of each column', () => {
  expect([0, 1, 2, 3, 4, 5].map((column) => roleOf(mapping, column))).toEqual([
    'name',
    'last-name',
    'area-code',
    'phone',
    'phone',
    'shown',
  ]);
});

it.each([
  [5, 'phone', { phoneColumns: [3, 4, 5] }],
  [3, 'shown', { phoneColumns: [4] }],
  [5, 'name', { nameColumns: [5, 1] }],
  [0, 'shown', { nameColumns: [1] }],
  [0, 'phone', { phoneColumns: [3, 4, 0], nameColumns: [1] }],
  [5, 'last-name', { nameColumns: [0, 5] }],
  [2, 'shown', { areaCodeColumn: undefined }],
  [5, 'area-code', { areaCodeColumn: 5 }],
] as const)('puts column %i to %s', (column, role, change) => {
  expect(withRole(mapping, column, role)).toEqual({ ...mapping, ...change });
});
