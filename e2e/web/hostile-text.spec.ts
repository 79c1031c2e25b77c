/// <reference path="../../src-main/dcmjs.d.ts" />
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { data } from 'dcmjs'
import { encode } from 'fast-png'
import { expect, test } from '../fixtures/app'
import { temporaryFolder } from '../fixtures/paths'
import type { ServedApp } from '../fixtures/serve'

/** Runs where it is taken for markup. Short enough for a long string of DICOM. */
const markup = (mark: string) => `<img src=x onerror=alert('${mark}')>`
const photograph = `${markup('file')}.png`
const columns = 96
const rows = 64

/** A DICOM image whose texts are markup and whose file is a Windows program to others. */
function hostileDicom(): Uint8Array {
  const uid = '1.2.826.0.1.3680043.8.498.78'
  const file = new data.DicomDict(
    data.DicomMetaDictionary.denaturalizeDataset({
      FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
      MediaStorageSOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
      MediaStorageSOPInstanceUID: `${uid}.3`,
      TransferSyntaxUID: '1.2.840.10008.1.2.1',
    }),
  )
  file.dict = data.DicomMetaDictionary.denaturalizeDataset({
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
    SOPInstanceUID: `${uid}.3`,
    StudyInstanceUID: `${uid}.1`,
    SeriesInstanceUID: `${uid}.2`,
    PatientID: markup('id'),
    PatientName: markup('name'),
    StudyDescription: markup('study'),
    SeriesDescription: markup('series'),
    InstitutionName: markup('place'),
    Manufacturer: markup('maker'),
    Modality: 'OT',
    SeriesNumber: 1,
    InstanceNumber: 1,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: rows,
    Columns: columns,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    PixelData: Uint8Array.from({ length: rows * columns }, (_, at) => at % 251).buffer,
    _vrMap: { PixelData: 'OB' },
  })
  const bytes = new Uint8Array(file.write())
  bytes.set(Buffer.from('MZ'))
  return bytes
}

function writeInputs(): string {
  const folder = temporaryFolder('hostile')
  writeFileSync(join(folder, 'hostile.dcm'), hostileDicom())
  const grey = Uint8Array.from({ length: rows * columns }, (_, at) => at % 241)
  writeFileSync(join(folder, photograph), encode({ width: columns, height: rows, channels: 1, data: grey }))
  const shape = { label: markup('label'), shape_type: 'rectangle', description: markup('note') }
  const shapes = [
    {
      ...shape,
      points: [
        [8, 8],
        [40, 40],
      ],
    },
  ]
  const labels = {
    version: '5.0.0',
    flags: {},
    shapes,
    imagePath: photograph,
    imageHeight: rows,
    imageWidth: columns,
  }
  writeFileSync(join(folder, 'labels.json'), JSON.stringify(labels))
  return folder
}

/** Asks the app for something and waits for its job, if it began one. */
async function ask(page: Page, app: ServedApp, path: string, body?: object) {
  const headers = { authorization: `Bearer ${app.token}` }
  const address = `${app.origin}/api${path}`
  const response = body
    ? await page.request.post(address, { headers, data: body })
    : await page.request.get(address, { headers })
  expect(response.status(), path).toBe(200)
  return response.json()
}

async function finished(page: Page, app: ServedApp, { jobId }: { jobId: number }) {
  const state = async () => (await ask(page, app, `/jobs/${jobId}`)).state
  await expect.poll(state, { timeout: 60_000 }).toBe('done')
  return jobId
}

const asMarkup = (page: Page) => page.locator('img[src="x"], [onerror]')

test('text of files is text in every place, and nothing of it runs', async ({ page, app }) => {
  const ran: string[] = []
  page.on('dialog', async (dialog) => {
    ran.push(`dialog: ${dialog.message()}`)
    await dialog.dismiss()
  })
  page.on('pageerror', (error) => ran.push(`error: ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && ran.push(`console: ${message.text()}`))
  const folder = writeInputs()
  const jobId = await finished(page, app, await ask(page, app, '/library/import', { paths: [folder] }))
  await finished(
    page,
    app,
    await ask(page, app, '/exchange/imports', {
      paths: [join(folder, 'labels.json')],
      reader: markup('reader'),
    }),
  )
  const { items } = await ask(page, app, '/library/studies')
  const studyOf = (text: string): number =>
    items.find((item: object) => JSON.stringify(item).includes(text))?.id
  const scan = studyOf("alert('id')")
  const photographs = items.find(({ kind }: { kind: string }) => kind === 'audit')?.id

  await test.step('the import tells of the program in front of the image', async () => {
    const { items: problems } = await ask(page, app, `/library/problems?jobId=${jobId}`)
    expect(problems).toContainEqual(expect.objectContaining({ kind: 'disguised', code: 'DISGUISED_FILE' }))
  })

  await test.step('library', async () => {
    await page.goto(app.url)
    await expect(page.getByText(markup('id')).first()).toBeVisible()
    await expect(asMarkup(page)).toHaveCount(0)
  })

  await test.step('viewer with its corners and information', async () => {
    await page.goto(`${app.origin}/study/${scan}`)
    await page.waitForFunction(() => performance.getEntriesByName('lepton-first-image').length > 0)
    await expect(page.getByText(markup('series')).first()).toBeVisible()
    await expect(asMarkup(page)).toHaveCount(0)
  })

  await test.step('a photograph under its file name', async () => {
    await page.goto(`${app.origin}/study/${photographs}`)
    await expect(page.getByText(photograph).first()).toBeVisible()
    await expect(asMarkup(page)).toHaveCount(0)
  })

  await test.step('report', async () => {
    const target = { kind: 'studies', studyIds: [scan, photographs] }
    const request = { target, formats: ['report'], folder: join(folder, 'out') }
    await finished(page, app, await ask(page, app, '/exchange/exports', request))
    const written = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' })
    const pages = written.filter((name) => name.endsWith('.html'))
    expect(pages.length).toBeGreaterThan(0)
    const all = pages.map((name) => readFileSync(join(folder, 'out', name), 'utf8')).join('')
    expect(all).toContain('&#60;img src=x onerror=alert(&#39;label&#39;)&#62;')
    for (const name of pages) {
      const text = readFileSync(join(folder, 'out', name), 'utf8')
      expect(text).not.toContain('<img src=x')
      await page.goto(`file://${encodeURI(join(folder, 'out', name))}`)
      await expect(asMarkup(page)).toHaveCount(0)
    }
  })
  expect(ran).toEqual([])
})
