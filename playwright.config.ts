import { defineConfig } from '@playwright/test'

/** Chromium is found by e2e/fixtures; `cli` needs none. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: 'cli', testMatch: 'cli/**/*.spec.ts' },
    { name: 'web', testMatch: 'web/**/*.spec.ts' },
    { name: 'desktop', testMatch: 'desktop/**/*.spec.ts' },
  ],
})
