import type { Page } from '@playwright/test';
import { untilLive } from './shell';

type FileInput = string | { name: string; mimeType: string; buffer: Buffer };

/** From the file to the first call. */
export class SheetPage {
  constructor(readonly page: Page) {}

  get review() {
    return this.page.getByRole('region', { name: 'Sheet to dial' });
  }

  get startButton() {
    return this.review.getByRole('button', { name: 'Start dialing' });
  }

  /** How the file is read, where what was detected is wrong. */
  get encoding() {
    return this.review.getByLabel('Encoding');
  }

  get separator() {
    return this.review.getByLabel('Columns are separated by');
  }

  /** The sheet's first rows as they were read. */
  get firstRows() {
    return this.review.getByRole('region', { name: 'First rows' });
  }

  /** How many rows become what; each figure opens its rows. */
  get counts() {
    return this.review.getByRole('region', { name: 'What becomes of the rows' });
  }

  /** What a column is taken for. */
  role(column: string) {
    return this.review.getByLabel(`Column “${column}” is`);
  }

  async openReadingOptions(): Promise<void> {
    if (!(await this.encoding.or(this.review.getByLabel('Worksheet')).isVisible()))
      await this.review.getByText('Reading options').click();
  }

  async goto(): Promise<this> {
    await this.page.goto('/dashboard/agent');
    await untilLive(this.page);
    return this;
  }

  async choose(file: FileInput): Promise<void> {
    const choosing = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: 'Upload sheet' }).click();
    await (await choosing).setFiles(file);
  }

  /** Uploads and dials; resolves on the sheet's workspace. */
  async start(): Promise<void> {
    await this.startButton.click();
    await this.page.waitForURL(/\/dashboard\/agent\/sheets\/[^/]+$/);
  }
}
