import { v7 as uuid } from 'uuid';

const KEY = 'outdial-dialer-session';

let own: string | null = null;

/**
 * Names this tab. The name survives a reload and ends with the tab: it lies in sessionStorage only while no page
 * is there to hold it, for a duplicated tab gets a copy of that storage and must not get the name.
 */
export function tabSessionId(page: Pick<Window, 'addEventListener' | 'sessionStorage'> = window): string {
  if (own) return own;
  const { sessionStorage: storage } = page;
  const name = storage.getItem(KEY) ?? uuid();
  storage.removeItem(KEY);
  page.addEventListener('pagehide', () => storage.setItem(KEY, name));
  page.addEventListener('pageshow', () => storage.removeItem(KEY));
  own = name;
  return name;
}
