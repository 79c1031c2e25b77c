import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { writeThigh } from '#main/samples/thigh/write'
import { findChromium } from '../scripts/chromium'
import { at, end, marked, serve, takeIn } from './serving/serving'

const rounds = 3
const slices = 60
const size = 256
const planes = ['axial', 'coronal', 'sagittal'] as const
const stepsOfEach = 12

interface Round {
  /** From the key to all three planes on the screen, frames fetched and volume laid. */
  first: number
  /** Of each wheel step over a plane, from the event to the next cut on the screen. */
  steps: Record<(typeof planes)[number], number[]>
  /** The same with a slab of 20 mm, its maximum. */
  slab: number[]
}

/**
 * What a reader waits for in planes through a volume, in Chromium through `lepton serve`: the first three planes, a
 * wheel step in each, a wheel step in a slab of 20 mm; the 60-slice MR phantom of 256 x 256 of `viewer`. Needs a build.
 */
export default async function benchPlanes(): Promise<void> {
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
      console.log(`round ${round + 1}: first planes ${one.first.toFixed(0)} ms`)
    }
    report(done)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function report(done: readonly Round[]): void {
  const line = (what: string, values: readonly number[]) =>
    console.log(`${what}: median ${at(values, 0.5)} ms, 95th percentile ${at(values, 0.95)} ms`)
  console.log(`${rounds} rounds, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`)
  line(
    'key to three planes',
    done.map((round) => round.first),
  )
  for (const plane of planes) {
    line(
      `wheel step, ${plane}`,
      done.flatMap((round) => round.steps[plane]),
    )
  }
  line(
    'wheel step, slab of 20 mm',
    done.flatMap((round) => round.slab),
  )
}

async function oneRound(folder: string, browser: Browser): Promise<Round> {
  const { url, child } = await serve(folder)
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.goto(url)
    await page.locator('a[href^="/study/"]').first().click()
    await marked(page, 'lepton-first-image')
    await wait(3_000)
    const first = await openPlanes(page)
    await wait(1_000)
    const steps = { axial: [0], coronal: [0], sagittal: [0] }
    for (const plane of planes) steps[plane] = await scroll(page, plane)
    await page.getByRole('slider', { name: 'Slab' }).focus()
    for (let millimetre = 0; millimetre < 20; millimetre += 1) await page.keyboard.press('ArrowRight')
    await wait(1_500)
    return { first, steps, slab: await scroll(page, 'coronal') }
  } finally {
    await end(child)
  }
}

async function openPlanes(page: Page): Promise<number> {
  await page.evaluate(() => {
    const drawn = new Set<EventTarget>()
    const begun = (event: KeyboardEvent) => {
      if (event.code === 'KeyM') performance.mark('asked')
    }
    document.addEventListener('keydown', begun, { capture: true })
    document.addEventListener(
      'plane-drawn',
      ({ target }) => {
        if (target) drawn.add(target)
        if (drawn.size === 3 && performance.getEntriesByName('planes').length === 0) {
          // after the paint that shows the last of them
          setTimeout(() => performance.mark('planes'))
        }
      },
      { capture: true },
    )
  })
  await page.keyboard.press('Shift+M')
  await marked(page, 'planes')
  return page.evaluate(() => {
    const start = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN
    return start('planes') - start('asked')
  })
}

/** Turns the wheel over a plane; each turn waits until its cut was painted. */
async function scroll(page: Page, plane: (typeof planes)[number]): Promise<number[]> {
  const picture = page.getByTestId(`plane-${plane}`)
  await picture.hover()
  await wait(300)
  await picture.evaluate((canvas) => {
    performance.clearMeasures('wheel-step')
    let turned: number | null = null
    canvas.addEventListener('wheel', (event) => {
      turned = event.timeStamp
    })
    canvas.addEventListener('plane-drawn', () => {
      const start = turned
      turned = null
      if (start !== null)
        setTimeout(() => performance.measure('wheel-step', { start, end: performance.now() }))
    })
  })
  for (let step = 1; step <= stepsOfEach; step += 1) {
    await page.mouse.wheel(0, step % 12 < 6 ? 120 : -120)
    await page.waitForFunction((done) => performance.getEntriesByName('wheel-step').length >= done, step)
  }
  return page.evaluate(() => performance.getEntriesByName('wheel-step').map(({ duration }) => duration))
}
