import { copyFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/app'
import { root, sharedData, temporaryFolder } from '../fixtures/paths'

const ultraface = sharedData('onnx/ultraface_version-RFB-320.onnx')
const photographs = sharedData('grocery-detect/images')

/** Takes one photograph into the library by its path. */
async function takeInPhotograph(page: Page, folder: string) {
  const [name = ''] = readdirSync(folder).sort()
  const picture = join(temporaryFolder('photograph'), name)
  copyFileSync(join(folder, name), picture)
  await page.getByRole('button', { name: 'Open folder' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(picture)
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.locator('a[href^="/study/"]').first()).toBeVisible({ timeout: 60_000 })
}

test('a stranger’s detector becomes a model by manifest alone', async ({ page, app }) => {
  test.skip(!ultraface || !photographs, 'UltraFace or the photographs are not here: set LEPTON_DATA')
  test.setTimeout(300_000)
  await page.goto(app.url)
  await takeInPhotograph(page, photographs ?? '')

  await test.step('the wizard reads the file and proposes a manifest', async () => {
    await page.getByRole('link', { name: 'Models' }).first().click()
    await page.getByRole('link', { name: 'New from ONNX' }).click()
    await page.locator('input[type=file]').setInputFiles(ultraface ?? '')
    await expect(page.getByRole('cell', { name: '1 × 4420 × 2' })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('cell', { name: '1 × 3 × 240 × 320' })).toBeVisible()
    await expect(page.getByLabel('Task')).toHaveValue('detection')
    await expect(page.getByLabel('Read as')).toHaveValue('boxes')
    await expect(page.getByLabel('Background')).toHaveValue('0')
  })

  await test.step('a person says what the file does not', async () => {
    await page.getByLabel('Name (English)').fill('UltraFace')
    await page.getByLabel('Name (Chinese)').fill('人脸检测')
    await page.getByLabel('Id', { exact: true }).fill('ultraface')
    await page.getByLabel('Divided by').fill('1')
    await page.getByLabel('Mean', { exact: true }).fill('127')
    await page.getByLabel('Standard deviation').fill('128')
    await page.getByLabel('Id 1').fill('face')
    await page.getByLabel('English 1').fill('Face')
    await page.getByLabel('Chinese 1').fill('人脸')
    await page.getByLabel('Licence').fill('MIT')
  })

  await test.step('the picture shows what the draft finds, and the form says when it is not whole', async () => {
    await expect(page.getByRole('img', { name: 'Picture with what the draft finds' })).toBeVisible()
    await expect(page.getByText(/findings? at this operating point/)).toBeVisible({ timeout: 90_000 })
    await page.getByLabel('Rows').fill('')
    await expect(page.getByText('input.size.rows')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Write and install' })).toBeDisabled()
    await page.getByLabel('Rows').fill('240')
    await expect(page.getByText(/findings? at this operating point/)).toBeVisible({ timeout: 60_000 })
  })

  await test.step('the package is written, tried and installed', async () => {
    await page.getByRole('button', { name: 'Write and install' }).click()
    await expect(page).toHaveURL(/\/models\/ultraface\/1\.0\.0$/, { timeout: 120_000 })
    await expect(page.getByRole('heading', { name: 'UltraFace', level: 1 })).toBeVisible()
    await expect(page.getByText('Face', { exact: true }).first()).toBeVisible()
  })

  await test.step('it is measured on this computer', async () => {
    await page.getByRole('button', { name: 'Measure B' }).click()
    await expect(page.getByText('Every provider of this computer was measured.')).toBeVisible({
      timeout: 180_000,
    })
    await expect(page.getByText('Sound')).toBeVisible()
    await expect(page.getByRole('row', { name: /CPU fp32 .*ms/ })).toBeVisible()
  })

  await test.step('the catalogue lists it under its task, and it can be taken away again', async () => {
    await page.getByRole('link', { name: 'Models' }).first().click()
    await expect(page.getByRole('heading', { name: 'Detection' })).toBeVisible()
    await page.getByRole('link', { name: 'UltraFace', exact: true }).click()
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(page).toHaveURL(/\/models$/)
    await expect(page.getByRole('link', { name: 'UltraFace', exact: true })).toBeHidden()
  })
})

test('a file that is no ONNX is refused with its reason', async ({ page, app }) => {
  await page.goto(app.url)
  await page.goto(`${app.origin}/models/new`)
  const impostor = join(temporaryFolder('impostor'), 'model.onnx')
  writeFileSync(impostor, 'this is not a network')
  await page.locator('input[type=file]').setInputFiles(impostor)
  const alert = page.getByRole('alert')
  await expect(alert.getByText('MODEL_INVALID')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Choose an ONNX file…' })).toBeVisible()
})

test('a package with a wrong hash is refused, a whole one is installed and rolled back', async ({
  page,
  app,
}) => {
  test.setTimeout(240_000)
  const folder = join(temporaryFolder('package'), 'sts-mr-lesion')
  cpSync(join(root, 'models/sts-mr-lesion'), folder, { recursive: true })
  const manifest = join(folder, 'manifest.json')
  const said = JSON.parse(readFileSync(manifest, 'utf8'))
  const golden = said.weights[0].outputs[0].file
  const wrong = { ...said, version: '9.0.0', files: { ...said.files, [golden]: '0'.repeat(64) } }
  const importPath = async () => {
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(folder)
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  }

  await page.goto(app.url)
  await page.getByRole('link', { name: 'Models' }).first().click()
  await page.getByRole('button', { name: 'Import package' }).click()
  writeFileSync(manifest, JSON.stringify(wrong))
  await importPath()
  await expect(page.getByRole('alert').getByText('MODEL_HASH_MISMATCH')).toBeVisible({ timeout: 60_000 })

  writeFileSync(manifest, JSON.stringify({ ...said, version: '9.0.0' }))
  await importPath()
  await expect(page).toHaveURL(/\/models\/sts-mr-lesion\/9\.0\.0$/, { timeout: 120_000 })
  await page.getByRole('button', { name: `Go back to ${said.version}` }).click()
  await expect(page).toHaveURL(new RegExp(`/models/sts-mr-lesion/${said.version}$`))
  await expect(page.getByRole('switch')).toBeChecked()
})
