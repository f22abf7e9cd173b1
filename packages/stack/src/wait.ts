import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
  readonly timeoutMs: number;
  readonly intervalMs?: number;
  /** Give up early, for example because the process that was waited for has died. */
  readonly giveUp?: () => boolean;
}

/**
 * Asks until the answer is yes. For what cannot be awaited as an event: another process becoming ready.
 * @returns false if the time ran out; a check that throws counts as no
 */
export async function waitUntil(
  check: () => boolean | Promise<boolean>,
  options: WaitOptions,
): Promise<boolean> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    try {
      if (await check()) return true;
    } catch {
      // Not yet.
    }
    if (Date.now() > deadline || options.giveUp?.()) return false;
    await delay(options.intervalMs ?? 20);
  }
}
