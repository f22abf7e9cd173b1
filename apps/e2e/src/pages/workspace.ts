import { expect, type Locator, type Page } from '@playwright/test';
import { untilLive } from './shell';

type DialerState = 'idle' | 'starting' | 'dialing' | 'talking' | 'wrapUp' | 'paused' | 'stopped' | 'finished';
type CallState = 'idle' | 'dialing' | 'ringing' | 'connected' | 'held' | 'ended';
type Command =
  | 'Start dialing'
  | 'Pause'
  | 'Resume'
  | 'Stop'
  | 'Skip'
  | 'Retry'
  | 'Ready now'
  | 'Hang up'
  | 'Mute'
  | 'Hold'
  | 'Keypad';

/** The screen of one sheet: who, what and next. */
export class Workspace {
  readonly #root: Locator;

  constructor(readonly page: Page) {
    this.#root = page.locator('[data-dialer-state]');
  }

  get sheetId(): string {
    return new URL(this.page.url()).pathname.split('/').pop() ?? '';
  }

  get call() {
    return this.page.getByRole('region', { name: 'Call', exact: true });
  }

  get lead() {
    return this.page.getByRole('region', { name: 'Lead', exact: true });
  }

  get results() {
    return this.page.getByRole('region', { name: 'Last results' }).getByRole('listitem');
  }

  get comingLeads() {
    return this.page.getByRole('region', { name: 'Next leads' }).getByRole('listitem');
  }

  async goto(sheetId: string): Promise<this> {
    await this.page.goto(`/dashboard/agent/sheets/${sheetId}`);
    await untilLive(this.page);
    return this;
  }

  button(name: Command) {
    return this.call.getByRole('button', { name, exact: true });
  }

  async press(name: Command): Promise<void> {
    await this.button(name).click();
  }

  async expectDialer(state: DialerState, timeout?: number): Promise<void> {
    await expect(this.#root).toHaveAttribute('data-dialer-state', state, timeout ? { timeout } : {});
  }

  async expectCall(state: CallState, timeout?: number): Promise<void> {
    await expect(this.#root).toHaveAttribute('data-call-state', state, timeout ? { timeout } : {});
  }

  /** Talks to this lead; the name tells one call from the one before. */
  async expectTalkingTo(name: string, timeout = 15_000): Promise<void> {
    await expect(this.lead.getByRole('heading', { name })).toBeVisible({ timeout });
    await this.expectCall('connected', timeout);
  }

  /** Lets the present conversation go on for this long by its own clock. */
  async talkFor(seconds: number): Promise<void> {
    const timer = this.call.getByRole('timer');
    await expect
      .poll(async () => secondsOf((await timer.textContent()) ?? ''), {
        timeout: 1000 * seconds + 5000,
        intervals: [100],
      })
      .toBeGreaterThanOrEqual(seconds);
  }

  /** Calls with this outcome, as counted on the screen. */
  outcome(status: string) {
    return this.page.locator(`[data-outcome="${status}"]`);
  }
}

function secondsOf(clock: string): number {
  return clock.split(':').reduce((sum, part) => 60 * sum + Number(part), 0);
}
