import { expect, freshTest } from '../fixtures/app'

const test = freshTest()

/** The app's main job on the phantom: open it, look at it, score it, go to the finding. */
test('open the sample, score it, look at its tumour', async ({ page, app }) => {
  await page.goto(app.url)
  expect(new URL(page.url()).search, 'the token leaves the address').toBe('')

  await test.step('the first run offers phantoms and takes one in', async () => {
    await page.getByRole('button', { name: 'Thigh MR phantom' }).click()
    await expect(page.getByRole('link', { name: /PHANTOM-THIGH/ })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText('phantom', { exact: true }).first()).toBeVisible()
  })

  await test.step('the viewer opens on the middle slice', async () => {
    await page.getByRole('link', { name: /PHANTOM-THIGH/ }).click()
    await expect(page.getByText(/Slice 25 \/ 48/)).toBeVisible()
    await page.waitForFunction(() => performance.getEntriesByName('lepton-first-image').length > 0)
  })

  await test.step('scrolling moves through the stack by wheel and key', async () => {
    await page.getByRole('img', { name: 'Picture' }).hover()
    await page.mouse.wheel(0, 120)
    await expect(page.getByText(/Slice 26 \/ 48/)).toBeVisible()
    await page.keyboard.press('End')
    await expect(page.getByText(/Slice 48 \/ 48/)).toBeVisible()
    await page.keyboard.press('Home')
    await expect(page.getByText(/Slice 1 \/ 48/)).toBeVisible()
  })

  await test.step('scoring finds the tumour and says what ran', async () => {
    await page.getByRole('button', { name: 'Score this series' }).click()
    await expect(page.getByRole('heading', { name: 'How this was made' })).toBeVisible({ timeout: 90_000 })
    const panel = page.getByRole('complementary')
    await expect(panel.getByText(/Not a certified medical device/).first()).toBeVisible()
    await expect(panel.getByRole('link', { name: /sts-mr-lesion/ })).toBeVisible()
    await expect(panel.getByText('Operating point').first()).toBeVisible()
  })

  await test.step('a click on the lesion leads to its key slice', async () => {
    const lesions = page.getByRole('button', { name: /^Soft-tissue tumour/ })
    const volumes = await lesions.evaluateAll((cards) =>
      cards.map((card) => Number(/([\d.,]+) ml/.exec(card.textContent ?? '')?.[1]?.replace(',', '') ?? 0)),
    )
    await lesions.nth(volumes.indexOf(Math.max(...volumes))).click()
    await expect(page.getByText(/Slice (1[5-9]|2\d|3[0-5]) \/ 48/)).toBeVisible()
  })

  await test.step('the library knows of it', async () => {
    await page.getByRole('link', { name: 'Library' }).first().click()
    await expect(page.getByRole('button', { name: 'With findings 1' })).toBeVisible()
  })
})

test('a wrong path is answered with a reason, and nothing else stops', async ({ page, app }) => {
  await page.goto(app.url)
  await page.getByRole('button', { name: 'Open folder' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('/no/such/folder')
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('button', { name: '1 unreadable' }).click()
  await expect(page.getByText('/no/such/folder').first()).toBeVisible()
  await expect(page.getByText('The file is not there.')).toBeVisible()
})

test('the app speaks Chinese, and remembers it', async ({ page, app }) => {
  await page.goto(app.url)
  await page.goto(`${app.origin}/settings`)
  await page.getByText('简体中文').click()
  await expect(page.getByRole('heading', { name: '设置' })).toBeVisible()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/)
  await page.getByText('English', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
})

test('the keyboard sheet opens with a question mark', async ({ page, app }) => {
  await page.goto(app.url)
  await expect(page.getByRole('heading', { name: 'Library' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})
