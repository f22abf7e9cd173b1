import { defineConfig } from '@playwright/test';
import { CHROMIUM, chromiumArgs } from './src/chromium';
import { microphoneWav } from './src/run';

export default defineConfig({
  testDir: 'tests',
  globalSetup: './src/global-setup.ts',
  // One browser at a time: calls are real, and a machine of two cores runs switch, database and servers beside it.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  // Calls are real and build machines are shared: once more on those, and the report names what needed it.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    timezoneId: 'America/New_York',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    // `--trace on` shows a failure in detail; it slows every test down by a third.
    trace: 'off',
    launchOptions: {
      executablePath: CHROMIUM,
      args: chromiumArgs({ kind: 'speaks', wav: microphoneWav() }),
    },
  },
});
