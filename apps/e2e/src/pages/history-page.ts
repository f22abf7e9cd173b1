import type { Page } from '@playwright/test';
import { untilLive } from './shell';

/** The call history of whatever the viewer may see. */
export class HistoryPage {
  constructor(
    readonly page: Page,
    readonly role: 'agent' | 'manager' | 'superadmin' = 'agent',
  ) {}

  get path(): string {
    return `/dashboard/${this.role}/calls`;
  }

  get rows() {
    return this.page.getByRole('region', { name: 'List of calls' }).locator('tr[data-call-id]');
  }

  get detail() {
    return this.page.getByRole('dialog', { name: 'Call' });
  }

  get recording() {
    return this.detail.getByRole('region', { name: 'Recording' });
  }

  async goto(search = ''): Promise<this> {
    await this.page.goto(`${this.path}${search}`);
    await untilLive(this.page);
    return this;
  }

  async filterStatus(...words: string[]): Promise<void> {
    await this.page.getByRole('button', { name: /^Status/ }).click();
    for (const word of words) await this.page.getByRole('checkbox', { name: word }).check();
    await this.page.keyboard.press('Escape');
  }

  async filterNumber(digits: string): Promise<void> {
    await this.page.getByLabel('Find a name or number').fill(digits);
    await this.page.getByLabel('Find a name or number').press('Enter');
  }

  /** Moment of the recording that the player is at, in seconds. */
  position(): Promise<number> {
    return this.recording.locator('audio').evaluate((audio: HTMLAudioElement) => audio.currentTime);
  }
}
