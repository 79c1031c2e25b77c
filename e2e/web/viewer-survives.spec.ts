import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext, Page } from '@playwright/test'
import { expect, test } from '../fixtures/app'
import { writePixelFrames } from '../fixtures/pixel-frames'
import type { ServedApp } from '../fixtures/serve'

const collection = 2

async function takeIn(request: APIRequestContext, app: ServedApp, name: string) {
  const folder = join(app.dataFolder, 'frames-that-go')
  writePixelFrames(folder, collection)
  const headers = { authorization: `Bearer ${app.token}` }
  await request.post(`${app.origin}/api/library/import`, { headers, data: { paths: [folder] } })
  const find = async () => {
    const answer = await request.get(`${app.origin}/api/library/studies`, { headers })
    const { items }: { items: { id: number; subject: string }[] } = await answer.json()
    return items.find(({ subject }) => subject === `${name}-${collection}`)?.id
  }
  await expect.poll(find, { timeout: 60_000 }).toBeDefined()
  return { path: join(folder, `${name}.dcm`), studyId: await find() }
}

const firstPicture = (page: Page) =>
  page.waitForFunction(() => performance.getEntriesByName('lepton-first-image').length > 0)

test('a file that is gone is said to be gone, and shown when it is back', async ({ page, app }) => {
  const { path, studyId } = await takeIn(page.request, app, 'linear-exact')
  await page.goto(app.url)
  rmSync(path)
  await page.goto(`${app.origin}/study/${studyId}`)
  await expect(page.getByText('The file is not there.')).toBeVisible()

  writePixelFrames(join(path, '..'), collection)
  await page.getByRole('button', { name: 'Try again' }).click()
  await firstPicture(page)
  await expect(page.getByText('The file is not there.')).toBeHidden()
})

test('a damaged file is named as such and stops nothing else', async ({ page, app }) => {
  const { path, studyId } = await takeIn(page.request, app, 'signed')
  await page.goto(app.url)
  writeFileSync(path, 'no longer a picture')
  await page.goto(`${app.origin}/study/${studyId}`)
  await expect(page.getByRole('alert').getByRole('button', { name: 'Try again' })).toBeVisible()
  await page.getByRole('link', { name: 'Library' }).first().click()
  await expect(page.getByRole('link', { name: /rgb-2/ })).toBeVisible()
  writePixelFrames(join(path, '..'), collection)
})

/** Keeps hold of WebGL contexts, lets the software rasteriser pass for an adapter, and can take a context away. */
const holdContexts = () => {
  const { getParameter } = WebGL2RenderingContext.prototype
  WebGL2RenderingContext.prototype.getParameter = function (name: number) {
    return name === 0x9246 ? 'Adapter' : getParameter.call(this, name)
  }
  const held: WebGL2RenderingContext[] = []
  const { getContext } = HTMLCanvasElement.prototype
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...of: unknown[]) {
    const context: unknown = Reflect.apply(getContext, this, of)
    if (context instanceof WebGL2RenderingContext) held.push(context)
    return context
  } as typeof getContext
  window.addEventListener('take-webgl-away', () => {
    for (const context of held)
      if (!context.isContextLost()) context.getExtension('WEBGL_lose_context')?.loseContext()
  })
}

test('the picture stays when the graphics driver takes WebGL away', async ({ page, app }) => {
  const { studyId } = await takeIn(page.request, app, 'monochrome1')
  await page.addInitScript(holdContexts)
  await page.goto(app.url)
  await page.goto(`${app.origin}/study/${studyId}`)
  await firstPicture(page)
  await page.evaluate(() => window.dispatchEvent(new Event('take-webgl-away')))
  await expect(page.getByText('The graphics card gave up.', { exact: false })).toBeVisible()
  const brightest = () =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=picture] canvas')
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
      return pixels ? pixels.reduce((most, byte, at) => (at % 4 === 3 ? most : Math.max(most, byte)), 0) : 0
    })
  await expect.poll(brightest).toBeGreaterThan(200)
  await page.getByRole('button', { name: 'Understood' }).click()
  await expect(page.getByText('The graphics card gave up.', { exact: false })).toBeHidden()
})
