'use client';

import { useSyncExternalStore } from 'react';

interface Ticker {
  subscribe(listener: () => void): () => void;
  now(): number;
}

/** One timer for everything on the page that ticks alike; none while nothing does. */
function createTicker(everyMs: number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = 0;
  return {
    subscribe(listener) {
      listeners.add(listener);
      if (timer === undefined) {
        now = Date.now();
        timer = setInterval(() => {
          now = Date.now();
          for (const each of listeners) each();
        }, everyMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        now = 0;
      };
    },
    now: () => {
      // The same until the next tick, as React asks of a snapshot.
      if (now === 0) now = Date.now();
      return now;
    },
  };
}

const quick = createTicker(250);
const slow = createTicker(20_000);

/**
 * Milliseconds since the epoch, moving four times a second or every 20 s. 0 while the server renders and until the
 * page is alive, since only the browser knows the viewer's time.
 */
export function useNow(pace: 'quick' | 'slow'): number {
  const ticker = pace === 'quick' ? quick : slow;
  return useSyncExternalStore(ticker.subscribe, ticker.now, () => 0);
}
