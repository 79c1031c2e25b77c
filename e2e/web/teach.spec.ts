import { join } from 'node:path'
import { writeLabelledShapes } from '#main/teaching/testing/labelled-shapes'
import { expect, freshTest } from '../fixtures/app'
import { lepton } from '../fixtures/command'
import { temporaryFolder } from '../fixtures/paths'

const test = freshTest()

test('a few labelled pictures become a model that is judged and not yet in use', async ({ page, app }) => {
  const folder = temporaryFolder('teach')
  const command = (...args: string[]) => lepton([...args, '--data', app.dataFolder])
  writeLabelledShapes(folder, 3)
  expect((await command('import', join(folder, 'pictures'))).status).toBe(0)
  expect((await command('datasets', 'create', 'shapes')).status).toBe(0)

  await page.goto(app.url)
  await page.getByRole('link', { name: 'Data sets' }).first().click()
  await page.getByRole('link', { name: /^shapes/ }).click()
  await page.getByRole('button', { name: 'Teach a classifier' }).click()
  const dialog = page.getByRole('dialog')

  await test.step('without a version or labels it says what to do', async () => {
    await dialog.getByRole('button', { name: 'Freeze what it holds now' }).click()
    await expect(dialog.getByRole('alert')).toContainText('At least two labels')
    await expect(dialog.getByText('6 pictures left out: no label of the whole picture')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Teach', exact: true })).toBeDisabled()
  })

  await test.step('labelled and frozen again, it says what it will be made of', async () => {
    expect((await command('import-annotations', join(folder, 'labels.csv'))).status).toBe(0)
    await dialog.getByRole('button', { name: 'Freeze what it holds now' }).click()
    await expect(dialog.getByText(/2 labels, 6 pictures/)).toBeVisible()
    await dialog.getByLabel('Name of the model').fill(' ')
    await expect(dialog.getByText('The model needs a name.')).toBeVisible()
    await dialog.getByLabel('Name of the model').fill('Shapes')
  })

  await test.step('it is taught, and its figures lead to its page', async () => {
    await dialog.getByRole('button', { name: 'Teach', exact: true }).click()
    await expect(dialog.getByText('Shapes 1.0.0 is installed.')).toBeVisible({ timeout: 60_000 })
    await expect(dialog.getByText('95 %: 0.50 to 1.00').first()).toBeVisible()
    await dialog.getByRole('link', { name: 'Open the model' }).click()
    await expect(page.getByText('shapes 1.0.0', { exact: true })).toBeVisible()
    await expect(page.getByRole('switch')).not.toBeChecked()
  })
})
