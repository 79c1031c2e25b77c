import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, freshTest } from '../fixtures/app'
import { lepton } from '../fixtures/command'
import { root, sharedData, temporaryFolder } from '../fixtures/paths'

const test = freshTest()

const python = process.env.LEPTON_CHECKS_PYTHON

interface Said {
  objectId: string
  state: string
  note: string
  origin: { lesionId: number | null } | null
  shape: { kind: string; mask?: { runs: number[] } }
}

const pixelsOf = (runs: readonly number[]) =>
  runs.reduce((sum, length, at) => sum + (at % 2 === 1 ? length : 0), 0)

const series = sharedData('sts-dicom/STS_008/MR_T1/image')
const out = temporaryFolder('show-case')
/** What the reader said of the case, for those who read the exported files. */
let items: Said[] = []

/** The tumour model as a package that keeps what it is less sure of too, so that there is something to reject. */
function unsureModel(): string {
  const folder = join(out, 'unsure')
  cpSync(join(root, 'models/sts-mr-lesion'), folder, { recursive: true })
  const file = join(folder, 'manifest.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  manifest.version = '99.0.0'
  manifest.postprocess = { ...manifest.postprocess, minPeakProbability: 0.5, minShareOfHighestPeak: 0 }
  manifest.postprocess.minShareOfLargest = 0.05
  writeFileSync(file, JSON.stringify(manifest))
  return folder
}

test.describe.configure({ mode: 'serial' })
test.afterAll(() => rmSync(out, { recursive: true, force: true }))

test('a real case from the scan to signed and exported objects', async ({ page, app }) => {
  test.skip(series === null, 'the shared test data is not here')
  test.setTimeout(300_000)
  const data = ['--data', app.dataFolder]
  const added = await lepton(['models', 'add', unsureModel(), '--activate', ...data])
  expect(added.status, added.stderr).toBe(0)
  const scored = await lepton(['score', series ?? '', ...data, '--out', join(out, 'scores')])
  expect(scored.status, scored.stderr).toBe(0)

  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  const objects = page.getByRole('region', { name: 'Annotations' }).getByRole('listitem')
  const saved = () => expect(page.getByTestId('save-state')).toHaveAttribute('data-state', 'saved')
  await page.goto(app.url)
  await page.getByRole('link', { name: /STS_008/ }).click()
  const lesions = page.getByRole('button', { name: /^Soft-tissue tumour \d/ })
  await expect(lesions).toHaveCount(2, { timeout: 60_000 })

  await test.step('the largest lesion is corrected with the smart brush', async () => {
    await lesions.nth(0).click()
    await page.keyboard.press('e')
    await expect(objects).toHaveCount(1)
    await saved()
    await page.keyboard.press('k')
    const frame = await page.getByTestId('picture').boundingBox()
    if (!frame) throw new Error('no picture')
    await page.mouse.click(frame.x + frame.width / 2, frame.y + frame.height / 2)
    await expect(page.getByText(/smart-brush@.*\d ms/)).toBeVisible({ timeout: 120_000 })
    const before = await objects.textContent()
    await page.keyboard.press('Enter')
    await page.keyboard.press('q')
    await expect(objects).not.toHaveText(before ?? '')
    await saved()
    await expect(objects).toHaveCount(1)
  })

  await test.step('the other one is rejected with a reason', async () => {
    await lesions.nth(1).click()
    await page.keyboard.press('r')
    await page.getByRole('button', { name: 'Normal structure' }).click()
    await saved()
    await expect(page.getByText('2 of 2 decided')).toBeVisible()
  })

  await test.step('the study is signed', async () => {
    await page.getByRole('button', { name: 'Reading and report' }).click()
    await page.getByLabel('Remark').fill('As seen in the end-to-end test')
    await page.getByRole('button', { name: 'Sign', exact: true }).click()
    await expect(page.getByRole('heading', { name: /^Version 1/ })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('link', { name: /^report\/.*\.pdf$/ })).toBeVisible()
  })

  const headers = { authorization: `Bearer ${app.token}` }
  const studyId = /study\/(\d+)/.exec(page.url())?.[1]
  const answer = await fetch(`${app.origin}/api/annotations/studies/${studyId}?limit=500`, { headers })
  items = ((await answer.json()) as { items: Said[] }).items
  expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['corrected', 'accepted', 'rejected']))
  expect(items.find(({ state }) => state === 'rejected')?.note).toBe('Normal structure')
  expect(items.every(({ origin }) => origin !== null)).toBe(true)

  await test.step('segmentation, report and COCO are exported', async () => {
    const formats = ['--format', 'seg,sr,coco', '--out', out, ...data]
    const exported = await lepton(['export', '--all', ...formats])
    expect(exported.status, exported.stderr).toBe(0)
  })
  expect(failures).toEqual([])
})

test('what was exported is what was said, to pydicom, highdicom and pycocotools', () => {
  test.skip(series === null, 'the shared test data is not here')
  test.skip(!python, 'the Python libraries of the checks are not here')
  const pixels = new Map<string, number>()
  for (const { objectId, state, shape } of items) {
    if (state === 'rejected') continue
    pixels.set(objectId, (pixels.get(objectId) ?? 0) + pixelsOf(shape.mask?.runs ?? []))
  }
  const expected = join(out, 'expected.json')
  writeFileSync(expected, JSON.stringify({ pixels: [...pixels.values()] }))
  const read = spawnSync(python ?? '', [join(root, 'e2e/checks/show_case.py'), out, expected], {
    encoding: 'utf8',
  })
  expect(read.status, read.stdout + read.stderr).toBe(0)
})
