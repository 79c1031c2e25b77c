import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dicomBytes, greyImage } from '#main/imaging/testing/dicom-file'
import { sharedData } from '#main/testing/shared-data'
import { type DeidentifyOptions, deidentifyOptions } from '#shared/domain/deidentification'
import { LeptonError } from '#shared/domain/fault'
import { deidentifyFile } from './deidentify-file'
import { SECRET } from './testing'

const check = join(import.meta.dirname, '../../e2e/checks/deidentified.py')
/** The first on the path may be another than the one Debian's packages are for. */
const python = [process.env.PYTHON, 'python3', '/usr/bin/python3'].find(
  (name) => name !== undefined && spawnSync(name, ['-c', 'import pydicom']).status === 0,
)
if (python === undefined) console.warn('Not run: the independent check needs python3 with pydicom.')

const everything: Partial<DeidentifyOptions> = {
  retainDates: true,
  retainDevice: true,
  cleanDescriptors: true,
}
/** Of the tumour patients a part is enough: slices of one series are alike. */
const sets = [
  { folder: 'dicom-corpus', options: {}, every: 1 },
  { folder: 'dicom-corpus', options: everything, every: 1 },
  { folder: 'sts-dicom', options: everything, every: 60 },
]

/** De-identifies the DICOM files of a folder as far as they can be read; what the check compares. */
async function deidentifyFolder(from: string, options: Partial<DeidentifyOptions>, every: number) {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-survives-'))
  const files: { path: string; output: string }[] = []
  const paths = readdirSync(from, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => join(from, path))
    .filter((path) => statSync(path).isFile())
  for (const [index, path] of paths.entries()) {
    if (index % every !== 0 && !path.endsWith('RS.dcm')) continue
    const output = `${index}.dcm`
    const task = { path, target: join(folder, output), secret: SECRET, boxes: null }
    try {
      const { report } = await deidentifyFile({ ...task, options: deidentifyOptions.parse(options) })
      if (report.format === 'dicom') files.push({ path, output })
    } catch (error) {
      expect(error).toBeInstanceOf(LeptonError)
    }
  }
  const result = join(folder, 'result.json')
  writeFileSync(result, JSON.stringify({ folder, files }))
  return { result, count: files.length }
}

test.skipIf(python === undefined).each(sets)(
  'nothing of the patient is left in $folder, as another reader sees it',
  async (set) => {
    const from = sharedData(set.folder)
    if (from === null) return
    const { result, count } = await deidentifyFolder(from, set.options, set.every)
    expect(count).toBeGreaterThan(10)
    const { status, stdout, stderr } = spawnSync(python ?? '', [check, result], { encoding: 'utf8' })
    expect(stdout + stderr).toMatch(/\d+ files compared, 0 with something left\n$/)
    expect(status).toBe(0)
  },
  60_000,
)

test.skipIf(python === undefined)('the check finds what an untouched file still says', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-survives-'))
  const path = join(folder, 'same.dcm')
  writeFileSync(path, dicomBytes(greyImage(1, 1, 16, [[0x00100020, 'LO', 'MRN4711001']])))
  const result = join(folder, 'result.json')
  writeFileSync(result, JSON.stringify({ folder, files: [{ path, output: 'same.dcm' }] }))
  const { status, stdout } = spawnSync(python ?? '', [check, result], { encoding: 'utf8' })
  expect(stdout).toContain("name 'Jane'")
  expect(stdout).toContain("PatientID 'MRN4711001'")
  expect(status).toBe(1)
})
