import { expect, type Locator, type Page } from '@playwright/test';
import { PeoplePage } from './people-page';

/** The people of an organization before somebody who may add and disable them. */
export class PeopleAdmin extends PeoplePage {
  constructor(page: Page) {
    super(page, 'superadmin');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  input(label: 'Name' | 'Email' | 'Role'): Locator {
    return this.dialog.getByLabel(label, { exact: true });
  }

  get oneTimePassword(): Locator {
    return this.dialog.getByRole('region', { name: 'One-time password' }).getByRole('status');
  }

  async openAdd(): Promise<void> {
    await this.page.getByRole('button', { name: 'Add person' }).click();
    await expect(this.input('Name')).toBeFocused();
  }

  async submit(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Add person' }).click();
  }

  /** @returns the one-time password, as it is shown */
  async add(name: string, email: string): Promise<string> {
    await this.openAdd();
    await this.input('Name').fill(name);
    await this.input('Email').fill(email);
    await this.submit();
    return this.takePassword();
  }

  async takePassword(): Promise<string> {
    const password = (await this.oneTimePassword.textContent()) ?? '';
    await this.dialog.getByRole('button', { name: 'Done' }).click();
    return password;
  }

  more(name: string): Locator {
    return this.page.getByRole('button', { name: `More for ${name}` });
  }

  async choose(name: string, item: 'Disable' | 'Enable' | 'New one-time password'): Promise<void> {
    await this.more(name).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  async confirm(word: 'Disable' | 'Enable' | 'Make password'): Promise<void> {
    await this.dialog.getByRole('button', { name: word }).click();
  }
}
