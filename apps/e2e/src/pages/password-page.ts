import type { Page } from '@playwright/test';

/** Where who signed in with a one-time password is led to. */
export class PasswordPage {
  constructor(readonly page: Page) {}

  get heading() {
    return this.page.getByRole('heading', { name: 'Choose your password' });
  }

  async choose(password: string, repeated = password): Promise<void> {
    await this.page.getByLabel('New password', { exact: true }).fill(password);
    await this.page.getByLabel('New password again').fill(repeated);
    await this.page.getByRole('button', { name: 'Save and go on' }).click();
  }
}
