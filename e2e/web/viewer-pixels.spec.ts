import { join } from 'node:path'
import type { APIRequestContext, Page } from '@playwright/test'
import { voiByte } from '../../src-shared/pixels/voi'
import { expect, test } from '../fixtures/app'
import { columns, type PixelFrame, pixelFrames, rows, writePixelFrames } from '../fixtures/pixel-frames'
import type { ServedApp } from '../fixtures/serve'

const collection = 1

/** RGB that the frame must have at every pixel: the shared pixel maths on the values that were written. */
function expected(frame: PixelFrame): Uint8Array {
  const shown = new Uint8Array(rows * columns * 3)
  const { window, table } = frame
  for (let at = 0; at < rows * columns; at += 1) {
    if (frame.samples === 3) {
      shown.set(frame.stored.subarray(at * 3, at * 3 + 3), at * 3)
      continue
    }
    const value = (frame.stored[at] ?? 0) * frame.slope + frame.intercept
    const byte = window ? Math.round(voiByte(value, window, frame.voiFunction)) : levelOf(value, table)
    shown.fill(frame.photometric === 'MONOCHROME1' ? 255 - byte : byte, at * 3, at * 3 + 3)
  }
  return shown
}

/** The level of a value in a table; those outside take its ends. */
function levelOf(value: number, table: PixelFrame['table']): number {
  const last = (table?.levels.length ?? 1) - 1
  return table?.levels[Math.min(Math.max(value - table.first, 0), last)] ?? 0
}

/** Reads the middle of the picture's canvas, where the frame lies at 1:1, as RGB. */
async function shown(page: Page): Promise<Uint8Array> {
  const bytes = await page.evaluate(
    ([width, height]) => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=picture] canvas')
      const context = canvas?.getContext('2d')
      if (!canvas || !context || !width || !height) return []
      const left = Math.round(canvas.width / 2 - width / 2)
      const top = Math.round(canvas.height / 2 - height / 2)
      return [...context.getImageData(left, top, width, height).data]
    },
    [columns, rows],
  )
  return Uint8Array.from(bytes.filter((_, at) => at % 4 !== 3))
}

async function takeIn(request: APIRequestContext, app: ServedApp): Promise<Map<string, number>> {
  const folder = join(app.dataFolder, 'pixel-frames')
  writePixelFrames(folder, collection)
  const headers = { authorization: `Bearer ${app.token}` }
  await request.post(`${app.origin}/api/library/import`, { headers, data: { paths: [folder] } })
  const studies = async () => {
    const answer = await request.get(`${app.origin}/api/library/studies`, { headers })
    const { items }: { items: { id: number; subject: string }[] } = await answer.json()
    return new Map(items.map(({ id, subject }) => [subject, id]))
  }
  const all = pixelFrames.map(({ name }) => `${name}-${collection}`)
  const complete = async () => {
    const there = await studies()
    return all.every((name) => there.has(name))
  }
  await expect.poll(complete, { timeout: 60_000 }).toBe(true)
  return studies()
}

/** Lets the software rasteriser pass for a graphics adapter, so that the viewer draws by WebGL. */
const asAdapter = () => {
  const { getParameter } = WebGL2RenderingContext.prototype
  const named = 0x9246
  WebGL2RenderingContext.prototype.getParameter = function (name: number) {
    return name === named ? 'Adapter' : getParameter.call(this, name)
  }
}

for (const backend of ['canvas', 'webgl'] as const) {
  test(`the ${backend} viewport shows exactly what the shared pixel maths says`, async ({ page, app }) => {
    test.setTimeout(360_000)
    if (backend === 'webgl') await page.addInitScript(asAdapter)
    const studies = await takeIn(page.request, app)
    await page.goto(app.url)
    for (const frame of pixelFrames) {
      await test.step(frame.name, async () => {
        await page.goto(`${app.origin}/study/${studies.get(`${frame.name}-${collection}`)}`)
        await page.waitForFunction(() => performance.getEntriesByName('lepton-first-image').length > 0)
        await page.keyboard.press('Shift+F')
        await expect(page.getByText('Zoom 100 %')).toBeVisible()
        const [is, shouldBe] = [await shown(page), expected(frame)]
        expect(is.length).toBe(shouldBe.length)
        const furthest = is.reduce(
          (most, byte, at) => Math.max(most, Math.abs(byte - (shouldBe[at] ?? 0))),
          0,
        )
        expect(furthest, 'largest difference from the shared maths').toBeLessThanOrEqual(1)

        await page.keyboard.press('Shift+I')
        await expect(page.getByText('Inverted')).toBeVisible()
        const inverted = await shown(page)
        const off = inverted.reduce(
          (most, byte, at) => Math.max(most, Math.abs(255 - byte - (shouldBe[at] ?? 0))),
          0,
        )
        expect(off, 'largest difference of the inverted picture').toBeLessThanOrEqual(1)
      })
    }
  })
}
