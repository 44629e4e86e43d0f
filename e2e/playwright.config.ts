import { defineConfig } from '@playwright/test';

/** Chromium as Debian packages it; the flags keep it from looking for the outside world. */
const launchOptions = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // Each story has a server of its own; two at once fill the two cores this is meant to run on.
  workers: 1,
  // The stories depend on a browser's timing on a busy machine. One that needed its second try is named at the end.
  retries: 1,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  use: { launchOptions, actionTimeout: 20_000, navigationTimeout: 30_000, screenshot: 'only-on-failure' },
});
