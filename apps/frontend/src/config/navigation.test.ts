import { expect, it } from 'vitest';
import { activeItem, NAVIGATION } from './navigation';
import { isWorkspace } from './routes';

it('marks the entry a page belongs to', () => {
  expect(activeItem(NAVIGATION.agent, '/dashboard/agent')?.label).toBe('Workspace');
  expect(activeItem(NAVIGATION.agent, '/dashboard/agent/sheets/s1')?.label).toBe('Sheets');
  expect(activeItem(NAVIGATION.manager, '/dashboard/manager/people')?.label).toBe('People');
});

it('knows the workspace of a sheet', () => {
  expect(isWorkspace('/dashboard/agent/sheets/abc')).toBe(true);
  expect(isWorkspace('/dashboard/agent/sheets')).toBe(false);
});
