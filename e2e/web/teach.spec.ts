import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { expect, freshTest } from '../fixtures/app'
import { lepton } from '../fixtures/command'
import { temporaryFolder } from '../fixtures/paths'

const test = freshTest()
const side = 64

/** A red disc or a blue frame, each a little elsewhere. */
function drawn(kind: 'disc' | 'frame', seed: number): Uint8Array {
  const data = new Uint8Array(3 * side * side).fill(120)
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [Math.abs((at % side) - 30 - seed), Math.abs(Math.floor(at / side) - 32)]
    if (kind === 'disc' ? Math.hypot(x, y) < 20 : Math.max(x, y) < 24 && Math.max(x, y) > 16) {
      data.set(kind === 'disc' ? [220, 40, 30 + seed] : [20, 60 + seed, 210], 3 * at)
    }
  }
  return encode({ width: side, height: side, data, channels: 3, depth: 8 })
}

test('a few labelled pictures become a model that is judged and not yet in use', async ({ page, app }) => {
  const folder = temporaryFolder('teach')
  const command = (...args: string[]) => lepton([...args, '--data', app.dataFolder])
  mkdirSync(join(folder, 'pictures'))
  const lines = ['image,sha256,label,shape']
  for (const kind of ['disc', 'frame'] as const) {
    for (let i = 0; i < 3; i++) {
      writeFileSync(join(folder, 'pictures', `${kind}${i}.png`), drawn(kind, i))
      lines.push(`pictures/${kind}${i}.png,,${kind},"{""kind"":""tag""}"`)
    }
  }
  writeFileSync(join(folder, 'labels.csv'), `${lines.join('\n')}\n`)
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
