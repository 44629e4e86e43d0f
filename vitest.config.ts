import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const limits = { testTimeout: 60_000, hookTimeout: 60_000, teardownTimeout: 30_000 };

export default defineConfig({
  test: {
    // Tests of the server run the whole of it; more workers than two only slow each other down.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'server',
          root: './apps/server',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          globalSetup: [fileURLToPath(new URL('./apps/server/test/global-setup.ts', import.meta.url))],
          ...limits,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: { name: 'sign-in', root: './apps/sign-in', include: ['{src,test}/**/*.test.{ts,tsx}'], ...limits },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
        test: { name: 'console', root: './apps/console', include: ['src/**/*.test.{ts,tsx}'], ...limits },
      },
      { test: { name: 'packages', root: './packages', include: ['*/src/**/*.test.ts'], ...limits } },
      { test: { name: 'tools', root: './tools', include: ['*.test.mjs'], ...limits } },
      { test: { name: 'e2e-doubles', root: './e2e', include: ['**/*.test.ts'], ...limits } },
    ],
  },
});
