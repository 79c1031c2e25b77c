import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'
import { writeThigh } from '#main/samples/thigh/write'
import { findChromium } from '../scripts/chromium'
import { at, end, marked, serve, takeIn } from './serving/serving'

const objects = 10
const size = 256

/**
 * What an annotator waits for at a click of the smart brush, in Chromium through `lepton serve`: to the first mask on
 * the screen, to the last one where the network looks closer, and at a second click; a slice of 256 x 256. Needs a
 * build.
 */
export default async function benchBrush(): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) {
    console.log('not run: no Chromium (apt-get install chromium)')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'lepton-bench-'))
  await writeThigh(join(folder, 'thigh'), { slices: 3, rows: size, columns: size })
  await takeIn(folder)
  const { url, child } = await serve(folder)
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`)
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(url)
    await page.locator('a[href^="/study/"]').first().click()
    await marked(page, 'lepton-first-image')
    await wait(2_000)
    await clickTogether(page)
  } finally {
    await browser.close()
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function clickTogether(page: Page): Promise<void> {
  const frame = await page.getByTestId('picture').boundingBox()
  if (!frame) throw new Error('no picture')
  const click = async (x: number, y: number, done: number) => {
    await page.mouse.click(frame.x + frame.width * x, frame.y + frame.height * y)
    await page.waitForFunction((n) => performance.getEntriesByName('lepton-brush').length === n, done)
  }
  const opened = performance.now()
  await page.keyboard.press('k')
  await page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height / 2)
  await page.getByText(/smart-brush@/).waitFor()
  console.log(`opened after ${(performance.now() - opened).toFixed(0)} ms`)
  console.log(await page.getByText(/smart-brush@/).textContent())
  for (let object = 0; object < objects; object += 1) {
    await click(0.4 + object * 0.02, 0.45, 2 * object + 1)
    await click(0.42 + object * 0.02, 0.5, 2 * object + 2)
    await page.keyboard.press('Escape')
  }
  const all = await measured(page, 'lepton-brush')
  const alone = (rest: number) => all.filter((_, place) => place % 2 === rest)
  report(
    'first mask after a first click, where a closer look follows',
    await measured(page, 'lepton-brush-first'),
  )
  report('last mask after a first click', alone(0))
  report('mask after a second click', alone(1))
}

const measured = (page: Page, name: string) =>
  page.evaluate((of) => performance.getEntriesByName(of).map(({ duration }) => duration), name)

function report(what: string, values: readonly number[]): void {
  if (values.length === 0) return
  console.log(
    `${what} (${values.length}): median ${at(values, 0.5)} ms, 95th percentile ${at(values, 0.95)} ms`,
  )
}
