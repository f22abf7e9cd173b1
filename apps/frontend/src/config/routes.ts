import type { Role } from '@outdial/contracts';

export function dashboardOf(role: Role): string {
  return `/dashboard/${role}`;
}

export function workspaceOf(sheetId: string): string {
  return `/dashboard/agent/sheets/${encodeURIComponent(sheetId)}`;
}

/** Where an uploaded sheet is looked at again, to choose its columns. */
export function reviewOf(sheetId: string): string {
  return `/dashboard/agent/sheets?review=${encodeURIComponent(sheetId)}`;
}

/** The page whose centre is the call: the phone dock leaves the controls to it. */
export function isWorkspace(pathname: string): boolean {
  return /^\/dashboard\/agent\/sheets\/[^/]+$/.test(pathname);
}
