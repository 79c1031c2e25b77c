import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { writeThigh } from '#main/samples/thigh/write'
import { findChromium } from '../scripts/chromium'
import { at, end, marked, serve, takeIn } from './serving/serving'

const rounds = 10
const slices = 60
const size = 256

interface Round {
  /** Milliseconds from the start of the process to its address, and from opening that to the first list. */
  served: number
  ready: number
  /** From the click on a study to its first picture on the screen. */
  first: number
  /** Of each wheel step, from the event to the next slice on the screen. */
  steps: number[]
}

/**
 * What a reader waits for, in Chromium through `lepton serve`: ready after a cold start (new process, new browser
 * profile), the first picture after a click, a wheel step through a 60-slice MR phantom of 256 x 256. Needs a build.
 */
export default async function benchViewer(): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) {
    console.log('not run: no Chromium (apt-get install chromium)')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'lepton-bench-'))
  try {
    await writeThigh(join(folder, 'thigh'), { slices, rows: size, columns: size })
    await takeIn(folder)
    const done: Round[] = []
    for (let round = 0; round < rounds; round += 1) {
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
      const one = await oneRound(folder, browser)
      await browser.close()
      done.push(one)
      console.log(
        `round ${round + 1}: address ${one.served.toFixed(0)}, ready ${one.ready.toFixed(0)}, first picture ${one.first.toFixed(0)}, wheel step ${at(one.steps, 0.5)} ms`,
      )
    }
    report(done)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(done: readonly Round[]): void {
  const steps = done.flatMap((round) => round.steps)
  const line = (what: string, values: readonly number[]) =>
    console.log(`${what}: median ${at(values, 0.5)} ms, 95th percentile ${at(values, 0.95)} ms`)
  console.log(`${rounds} rounds, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`)
  line(
    'process start to address',
    done.map((round) => round.served),
  )
  line(
    'address opened to ready',
    done.map((round) => round.ready),
  )
  line(
    'click to first picture',
    done.map((round) => round.first),
  )
  line(`wheel step (${steps.length} steps)`, steps)
}

async function oneRound(folder: string, browser: Browser): Promise<Round> {
  const { url, child, after } = await serve(folder)
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    const opened = performance.now()
    await page.goto(url)
    await marked(page, 'lepton-ready')
    const ready = performance.now() - opened
    // A person looks at the list before choosing.
    await wait(3_000)
    const first = await open(page)
    await wait(3_000)
    return { served: after, ready, first, steps: await scroll(page) }
  } finally {
    await end(child)
  }
}

async function open(page: Page): Promise<number> {
  await page.evaluate(() =>
    document.addEventListener('click', () => performance.mark('clicked'), { capture: true, once: true }),
  )
  await page.locator('a[href^="/study/"]').first().click()
  await marked(page, 'lepton-first-image')
  return page.evaluate(() => {
    const start = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN
    return start('lepton-first-image') - start('clicked')
  })
}

/** Turns the wheel from the first slice to the last; each turn waits until its slice was painted. */
async function scroll(page: Page): Promise<number[]> {
  const picture = page.getByTestId('picture')
  await page.keyboard.press('Home')
  await picture.hover()
  await wait(500)
  await picture.evaluate((element) => {
    let turned: number | null = null
    element.addEventListener('wheel', (event) => {
      turned = event.timeStamp
    })
    element.addEventListener('CORNERSTONE_IMAGE_RENDERED', () => {
      const start = turned
      turned = null
      if (start !== null)
        setTimeout(() => performance.measure('wheel-step', { start, end: performance.now() }))
    })
  })
  for (let slice = 1; slice < slices; slice += 1) {
    await page.mouse.wheel(0, 120)
    await page.waitForFunction((done) => performance.getEntriesByName('wheel-step').length >= done, slice)
  }
  return page.evaluate(() => performance.getEntriesByName('wheel-step').map(({ duration }) => duration))
}
