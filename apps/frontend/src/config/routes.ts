import type { Me, Role } from '@outdial/contracts';

/** For who signed in with a one-time password; every other page leads there. */
export const CHOOSE_PASSWORD = '/choose-password';

export function dashboardOf(role: Role): string {
  return `/dashboard/${role}`;
}

/** Where somebody goes who has just signed in. @param next the page that was wanted */
export function entryOf(me: Pick<Me, 'user' | 'mustChoosePassword'>, next: string | null): string {
  if (!me.mustChoosePassword) return next ?? dashboardOf(me.user.role);
  return next ? `${CHOOSE_PASSWORD}?next=${encodeURIComponent(next)}` : CHOOSE_PASSWORD;
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
