import type { Page } from '@playwright/test';
import { untilLive } from './shell';

/** The people of an organization, as managers and superadmins see them. */
export class PeoplePage {
  constructor(
    readonly page: Page,
    readonly role: 'manager' | 'superadmin',
  ) {}

  get path(): string {
    return `/dashboard/${this.role}/people`;
  }

  get phoneAccountButtons() {
    return this.page.getByRole('button', { name: /^Phone account of/ });
  }

  get phoneAccount() {
    return this.page.getByRole('dialog', { name: /^Phone account of/ });
  }

  row(name: string) {
    return this.page.getByRole('region', { name: 'People' }).getByRole('row').filter({ hasText: name });
  }

  /** What somebody is doing now. */
  state(name: string) {
    return this.row(name).locator('[data-presence]');
  }

  field(label: 'Extension' | 'SIP username' | 'SIP password') {
    return this.phoneAccount.getByLabel(label);
  }

  async goto(): Promise<this> {
    await this.page.goto(this.path);
    await untilLive(this.page);
    return this;
  }

  async openPhoneAccount(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `Phone account of ${name}` }).click();
  }

  async save(): Promise<void> {
    await this.phoneAccount.getByRole('button', { name: 'Save' }).click();
  }
}
