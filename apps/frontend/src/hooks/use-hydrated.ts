'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** Whether the page is alive: false in what the server sends, where a click would do nothing yet. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
