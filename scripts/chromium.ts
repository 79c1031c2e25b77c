import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** Path of a Chromium for the browser tests: named, Debian's, or Playwright's own; null where there is none. */
export function findChromium(): string | null {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    chromium.executablePath(),
  ]
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null
}
