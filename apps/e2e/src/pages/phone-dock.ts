import { expect, type Page } from '@playwright/test';

/** The phone in the corner of every page of an agent. */
export class PhoneDock {
  constructor(readonly page: Page) {}

  get root() {
    return this.page.getByRole('complementary', { name: 'Phone' });
  }

  get number() {
    return this.root.getByLabel('Number');
  }

  get call() {
    return this.root.getByRole('region', { name: 'Call in progress' });
  }

  async expectReady(timeout = 15_000): Promise<void> {
    await expect(this.root.getByText('Phone is ready')).toBeVisible({ timeout });
  }

  async open(): Promise<this> {
    const toggle = this.root.locator('button[aria-expanded]').last();
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
    await expect(this.number).toBeVisible();
    return this;
  }

  async dial(number: string): Promise<void> {
    await this.open();
    await this.number.fill(number);
    await this.root.getByRole('button', { name: 'Call', exact: true }).click();
  }

  async expectCall(state: 'dialing' | 'ringing' | 'connected' | 'held'): Promise<void> {
    await expect(this.call).toHaveAttribute('data-call-state', state);
  }
}
