import { expect, type Page } from '@playwright/test';

/** Pages come rendered from the server; buttons work once the page is live and connected. */
export async function untilLive(page: Page): Promise<void> {
  await expect(page.locator('[data-connection="connected"]')).toBeVisible();
}
