import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/app'

type Place = readonly [x: number, y: number]

/** Drags over the picture between places given as shares of its width and height. */
async function drag(page: Page, ...places: Place[]) {
  const frame = await page.getByTestId('picture').boundingBox()
  if (!frame) throw new Error('no picture')
  const on = ([x, y]: Place) => [frame.x + frame.width * x, frame.y + frame.height * y] as const
  const [first, ...others] = places
  if (!first) return
  await page.mouse.move(...on(first))
  await page.mouse.down()
  for (const place of others) await page.mouse.move(...on(place), { steps: 8 })
  await page.mouse.up()
}

const click = (page: Page, place: Place) => drag(page, place)
const objects = (page: Page) => page.getByRole('region', { name: 'Annotations' }).getByRole('listitem')
const saved = (page: Page) => expect(page.getByTestId('save-state')).toHaveAttribute('data-state', 'saved')

/** What is set on the canvas of annotations, in device pixels. */
const inked = (page: Page) =>
  page.getByTestId('annotations').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    let count = 0
    for (let at = 3; at < data.length; at += 4) if (data[at]) count += 1
    return count
  })

async function openPhantom(page: Page, url: string) {
  await page.goto(url)
  const card = page.getByRole('link', { name: /PHANTOM-THIGH/ })
  const offer = page.getByRole('button', { name: 'Thigh MR phantom' })
  await expect(card.or(offer).first()).toBeVisible()
  if (await offer.isVisible()) await offer.click()
  const listed = page.waitForResponse(/\/rpc\/annotations\/list/)
  await card.click({ timeout: 60_000 })
  await expect(page.getByText(/Slice 25 \/ 48/)).toBeVisible()
  await (await listed).finished()
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  )
}

test('draw on the phantom, undo, redo, reload; a second window sees it and cannot overwrite it', async ({
  page,
  app,
}) => {
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  await openPhantom(page, app.url)
  const address = page.url()

  await test.step('a box, a polygon and a brush stroke are drawn and saved', async () => {
    await page.keyboard.press('m')
    await drag(page, [0.3, 0.3], [0.42, 0.45])
    await page.keyboard.press('Escape')
    await page.keyboard.press('o')
    for (const place of [
      [0.55, 0.25],
      [0.65, 0.28],
      [0.68, 0.4],
    ] as const)
      await click(page, place)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.keyboard.press('b')
    await drag(page, [0.4, 0.6], [0.5, 0.65], [0.55, 0.58])
    await expect(objects(page)).toHaveCount(3)
    await saved(page)
    await expect(objects(page).nth(0)).toContainText('mm')
    expect(await inked(page)).toBeGreaterThan(1_000)
  })

  await test.step('undo and redo reach back to the beginning', async () => {
    for (const left of [2, 1, 0]) {
      await page.keyboard.press('Control+z')
      await expect(objects(page)).toHaveCount(left)
    }
    for (const there of [1, 2, 3]) {
      await page.keyboard.press('Control+Shift+z')
      await expect(objects(page)).toHaveCount(there)
    }
    await saved(page)
  })

  await test.step('everything is still there after a reload, undo as well', async () => {
    await page.reload()
    await expect(objects(page)).toHaveCount(3)
    await expect(page.getByRole('button', { name: 'Undo' })).toBeEnabled()
  })

  const second = await page.context().newPage()
  await test.step('a second window sees what the first one draws', async () => {
    await second.goto(address)
    await expect(objects(second)).toHaveCount(3)
    await page.bringToFront()
    await page.keyboard.press('d')
    await drag(page, [0.2, 0.7], [0.4, 0.8])
    await expect(objects(page)).toHaveCount(4)
    await expect(objects(second)).toHaveCount(4)
    await expect(objects(second).nth(3)).toContainText(/\d mm/)
  })

  await test.step('what another window changed meanwhile is not overwritten, and that is told', async () => {
    // this window does not hear of the change in time: its stream of changes is cut
    await second.route('**/rpc/annotations/watch', (route) => route.abort())
    const { studyId, box } = await page.evaluate(async () => {
      const study = Number(/(\d+)/.exec(location.pathname)?.[1])
      const answer = await fetch(`/api/annotations/studies/${study}?limit=100`)
      const { items } = await answer.json()
      return {
        studyId: study,
        box: items.find((one: { shape: { kind: string } }) => one.shape.kind === 'box'),
      }
    })
    await second.bringToFront()
    await objects(second).nth(0).getByRole('button').first().click()
    await second.route('**/rpc/annotations/apply', async (route) => {
      // between the hand and the disk, another reader is quicker
      await second.unroute('**/rpc/annotations/apply')
      const change = { before: box, after: { ...box, label: 'cyst' } }
      const action = { id: crypto.randomUUID(), studyId, reader: 'Grace', kind: 'relabel', changes: [change] }
      const answer = await second.request.post(new URL('/api/annotations/actions', app.origin).href, {
        data: action,
      })
      expect(answer.ok(), await answer.text()).toBe(true)
      await route.continue()
    })
    await second.keyboard.press('3')
    const alert = second.getByRole('alert')
    await expect(alert).toContainText(/changed this meanwhile/)
    await expect(alert).toContainText(/relabel by Grace/)
    await expect(objects(second).nth(0)).toContainText('Cyst')
    await saved(second)
  })
  expect(failures).toEqual([])
})

test('keeps what was drawn while the server was away, and says so', async ({ page, app }) => {
  await openPhantom(page, app.url)
  await page.route('**/rpc/annotations/apply', (route) => route.abort())
  const before = await objects(page).count()
  await page.keyboard.press('m')
  await drag(page, [0.6, 0.6], [0.7, 0.7])
  await expect(page.getByText(/Not saved: 1 change waits/)).toBeVisible()
  await page.unroute('**/rpc/annotations/apply')
  await saved(page)
  await page.reload()
  await expect(objects(page)).toHaveCount(before + 1)
})

test('decide on what the model found: reject with a reason, take it back, accept, all by key', async ({
  page,
  app,
}) => {
  await openPhantom(page, app.url)
  const before = await objects(page).count()
  await page.getByRole('button', { name: 'Score this series' }).click()
  const review = page.getByRole('region', { name: 'Review' })
  await expect(review).toBeVisible({ timeout: 90_000 })
  const progress = /(\d+) of (\d+) decided/
  const total = Number(progress.exec((await review.textContent()) ?? '')?.[2])
  expect(total).toBeGreaterThan(0)

  await page.keyboard.press('n')
  await page.keyboard.press('r')
  await expect(page.getByText('Why is it rejected?')).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.getByText('Rejected', { exact: true })).toBeVisible()
  await expect(page.getByText('Artefact', { exact: true })).toBeVisible()
  await expect(review).toContainText(`1 of ${total} decided`)
  expect(await objects(page).count(), 'what is rejected is no annotation').toBe(before)

  await page.keyboard.press('Control+z')
  await expect(review).toContainText(`0 of ${total} decided`)

  await page.keyboard.press('a')
  await expect(page.getByText('Accepted', { exact: true }).first()).toBeVisible()
  await expect(objects(page)).toHaveCount(before + 1)
  await expect(objects(page).filter({ hasText: /Slices \d+ – \d+/ })).toHaveCount(1)

  await page.reload()
  await expect(objects(page)).toHaveCount(before + 1)
  await expect(review).toContainText(`1 of ${total} decided`)
})
