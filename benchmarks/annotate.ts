import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Transformer } from '@napi-rs/image'
import { type Browser, chromium, type Page } from 'playwright-core'
import { createAnnotations } from '#main/annotations/service'
import { openDatabase } from '#main/database/open'
import { writeThigh } from '#main/samples/thigh/write'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'
import { findChromium } from '../scripts/chromium'

const lepton = resolve(import.meta.dirname, '../bin/lepton.mjs')
const boxesEach = 5
const steps = 40

/**
 * What an annotator waits for, in Chromium through `lepton serve`: from letting go of a shape to "saved", the frames
 * while a brush is drawn over a slice, and the next photograph with its annotations in a project of ten and in one of
 * ten thousand. Needs a build. Argument: photographs of the large project.
 */
export default async function benchAnnotate([many = '10000']: string[]): Promise<void> {
  const executablePath = findChromium()
  if (!executablePath) {
    console.log('not run: no Chromium (apt-get install chromium)')
    return
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`)
  try {
    await inFolder(async (folder) => {
      await writeThigh(join(folder, 'pictures'), { slices: 12, rows: 512, columns: 512 })
      await takeIn(folder)
      await served(folder, browser, drawing)
    })
    for (const count of [10, Number(many)]) {
      await inFolder(async (folder) => {
        await writePhotographs(join(folder, 'pictures'), count)
        await takeIn(folder)
        annotate(join(folder, 'data'))
        await served(folder, browser, (page) => leafing(page, count))
      })
    }
  } finally {
    await browser.close()
  }
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-bench-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Pictures of 320 x 240, no two alike. */
async function writePhotographs(folder: string, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const [width, height] = [320, 240]
  const pixels = new Uint8Array(width * height * 4).fill(255)
  for (let number = 0; number < count; number += 1) {
    for (let at = 0; at < pixels.length; at += 4) {
      pixels[at] = (at >> 3) ^ number
      pixels[at + 1] = (number * 7 + (at >> 9)) & 255
      pixels[at + 2] = number >> 6
    }
    const jpeg = await Transformer.fromRgbaPixels(pixels, width, height).jpeg(80)
    writeFileSync(join(folder, `${String(number).padStart(6, '0')}.jpg`), jpeg)
  }
}

/** Five boxes on every photograph, as readers would have drawn them. */
function annotate(dataFolder: string): void {
  const database = openDatabase(join(dataFolder, 'library.sqlite'))
  const none = () => {
    throw new LeptonError('MODEL_NOT_FOUND')
  }
  const annotations = createAnnotations({ database, models: { knownLabels: () => [], find: none } })
  const images = database
    .prepare<[], { id: number; seriesId: number; studyId: number }>(
      'SELECT images.id, series_id AS seriesId, study_id AS studyId FROM images JOIN series ON series.id = series_id',
    )
    .all()
  for (let from = 0; from < images.length; from += 200) {
    const part = images.slice(from, from + 200)
    const changes = part.flatMap((image) =>
      Array.from({ length: boxesEach }, (_, at) => ({ before: null, after: boxOn(image, at) })),
    )
    const studyId = part[0]?.studyId ?? 0
    annotations.apply({ id: randomUUID(), studyId, reader: 'bench', kind: 'draw', changes })
  }
  const alone = images
    .slice(0, 1)
    .flatMap((image) => Array.from({ length: 100 }, () => boxOn(image, boxesEach)))
  const times = alone.map((after) => {
    const begun = performance.now()
    const action = { id: randomUUID(), studyId: after.studyId, reader: 'bench', kind: 'draw' as const }
    annotations.apply({ ...action, changes: [{ before: null, after }] })
    return performance.now() - begun
  })
  report(`one box to the disk, in the service, among ${images.length * boxesEach}`, times)
  database.close()
}

function boxOn(
  { id, seriesId, studyId }: { id: number; seriesId: number; studyId: number },
  at: number,
): Annotation {
  return {
    id: randomUUID(),
    ...{ studyId, seriesId, imageId: id, objectId: randomUUID(), reader: 'bench', label: 'product' },
    shape: { kind: 'box', box: [15 + at * 50, 30 + at * 15, 40, 60], angle: 0 },
    ...{ attributes: {}, state: 'drawn', origin: null, note: '', revision: 0, createdAt: '', updatedAt: '' },
  }
}

async function takeIn(folder: string): Promise<void> {
  const arguments_ = [lepton, 'import', join(folder, 'pictures'), '--data', join(folder, 'data')]
  const [status] = await once(spawn(process.execPath, arguments_, { stdio: 'ignore' }), 'exit')
  if (status !== 0) throw new Error(`lepton import ended with ${status}`)
}

async function served(folder: string, browser: Browser, work: (page: Page) => Promise<void>): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [
    lepton,
    'serve',
    '--port',
    '0',
    '--data',
    join(folder, 'data'),
  ])
  try {
    const url = await new Promise<string>((found, failed) => {
      let said = ''
      child.stdout?.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(said)?.[0]
        if (address) found(address)
      })
      child.on('exit', (status) => failed(new Error(`lepton serve ended with ${status}: ${said}`)))
    })
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(url)
    await page.locator('a[href^="/study/"]').first().click()
    await page.waitForFunction(() => performance.getEntriesByName('lepton-first-image').length > 0)
    await wait(2_000)
    await work(page)
    await page.close()
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
}

async function drawing(page: Page): Promise<void> {
  const frame = await page.getByTestId('picture').boundingBox()
  if (!frame) throw new Error('no picture')
  const on = (x: number, y: number) => [frame.x + frame.width * x, frame.y + frame.height * y] as const

  await page.evaluate(() => {
    const state = document.querySelector('[data-testid=save-state]')
    let released: number | null = null
    window.addEventListener(
      'pointerup',
      (event) => {
        released = event.timeStamp
      },
      { capture: true },
    )
    new MutationObserver(() => {
      if (released === null || state?.getAttribute('data-state') !== 'saved') return
      performance.measure('saved', { start: released, end: performance.now() })
      released = null
    }).observe(state ?? document.body, { attributes: true })
  })
  await page.keyboard.press('m')
  for (let at = 0; at < steps; at += 1) {
    const [x, y] = [0.3 + (at % 8) * 0.05, 0.3 + Math.floor(at / 8) * 0.08]
    await page.mouse.move(...on(x, y))
    await page.mouse.down()
    await page.mouse.move(...on(x + 0.04, y + 0.06), { steps: 3 })
    await page.mouse.up()
    await page.waitForFunction((done) => performance.getEntriesByName('saved').length > done, at)
  }
  report('letting go of a box to saved', await measured(page, 'saved'))
  const asked = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('/annotations/apply'))
      .map(({ duration }) => duration),
  )
  report('  of it from asking to the answer', asked)

  await page.keyboard.press('Escape')
  await page.keyboard.press('b')
  await page.mouse.move(...on(0.35, 0.35))
  await page.mouse.down()
  await page.evaluate(() => {
    let last = performance.now()
    const next = (now: number) => {
      performance.measure('frame', { start: last, end: Math.max(last, now) })
      last = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  const begun = performance.now()
  for (let turn = 0; performance.now() - begun < 6_000; turn += 1) {
    const angle = turn / 12
    const radius = 0.05 + 0.12 * Math.abs(Math.sin(turn / 90))
    await page.mouse.move(...on(0.5 + radius * Math.cos(angle), 0.5 + radius * Math.sin(angle)))
  }
  const frames = await measured(page, 'frame')
  await page.mouse.up()
  report('frame while the brush is drawn', frames.slice(2))
}

/** Goes from picture to picture by key, until each is on the screen with what was drawn on it. */
async function leafing(page: Page, count: number): Promise<void> {
  await page.evaluate(() => {
    let pressed: number | null = null
    window.addEventListener(
      'keydown',
      (event) => {
        pressed = event.timeStamp
      },
      { capture: true },
    )
    document.querySelector('[data-testid=picture]')?.addEventListener('CORNERSTONE_IMAGE_RENDERED', () => {
      const start = pressed
      pressed = null
      if (start !== null) setTimeout(() => performance.measure('next', { start, end: performance.now() }))
    })
  })
  await page.keyboard.press('Home')
  await wait(1_000)
  await page.evaluate(() => performance.clearMeasures('next'))
  const turns = Math.min(steps, count - 1)
  let bare = 0
  for (let turn = 0; turn < turns; turn += 1) {
    await page.keyboard.press('ArrowRight')
    await page.waitForFunction((done) => performance.getEntriesByName('next').length > done, turn)
    if (!(await annotated(page))) bare += 1
    // about as quick as a reader who looks
    await wait(100)
  }
  report(`next of ${count} photographs`, await measured(page, 'next'))
  console.log(`  without its annotations at once: ${bare} of ${turns}`)
  await page.keyboard.press('End')
  await wait(50)
  const began = performance.now()
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=annotations]')
    const data = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
    return data?.some((value) => value !== 0)
  })
  console.log(`  jump to the last, with its annotations: ${(performance.now() - began + 50).toFixed(0)} ms`)
}

const annotated = (page: Page) =>
  page
    .getByTestId('annotations')
    .evaluate((canvas: HTMLCanvasElement) =>
      (canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []).some(
        (value: number) => value !== 0,
      ),
    )

const measured = (page: Page, name: string) =>
  page.evaluate((of) => performance.getEntriesByName(of).map(({ duration }) => duration), name)

function report(what: string, values: readonly number[]): void {
  const sorted = values.toSorted((left, right) => left - right)
  const at = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(1)
  console.log(`${what} (${values.length}): median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`)
}
