import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Moment } from './probe';

/** Long enough for a piece of the recording to be on disk, and for everything that follows an answer to be over. */
const TALK_MS = 1_200;

/** A page with a phone, and what a person does with it. */
export interface Desk {
  readonly name: string;
  readonly page: Page;
  /** Dials each number by hand, talks, hangs up. */
  dialByHand(numbers: readonly string[]): Promise<void>;
  /** Lets the page dial one number after another; the person only talks and hangs up. */
  dialByItself(count: number): Promise<void>;
}

/** Forgets what was noted, does the work, and says what the probe noted meanwhile. */
export async function momentsOf(page: Page, work: () => Promise<void>): Promise<Moment[]> {
  await page.evaluate(() => window.benchMoments.splice(0));
  await work();
  return page.evaluate(() => window.benchMoments);
}

/** Waits until so many calls of this page have been answered since the moments were last forgotten, and talks. */
export async function talk(page: Page, calls: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => window.benchMoments.filter(({ what }) => what === 'connected').length >= wanted,
    calls,
    { polling: 100, timeout: 15_000 },
  );
  await wait(TALK_MS);
}

export function connectedCount(page: Page): Promise<number> {
  return page.evaluate(() => window.benchMoments.filter(({ what }) => what === 'connected').length);
}
