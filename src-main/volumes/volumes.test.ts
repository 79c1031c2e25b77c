import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openInstance, readHeader } from '#main/imaging'
import { dicomBytes, greyImage, type Part, shorts } from '#main/imaging/testing/dicom-file'
import type { SeriesImage } from '#shared/contract/library'
import { createVolumes } from './service'

const python = process.env.LEPTON_CHECKS_PYTHON ?? 'python3'
const runs = spawnSync(python, ['-c', 'import nibabel, numpy, pydicom, SimpleITK']).status === 0
if (!runs) {
  console.warn(
    'Not run: reading volumes with nibabel and SimpleITK. Install e2e/checks/requirements.txt and name that Python in LEPTON_CHECKS_PYTHON.',
  )
}

const folder = mkdtempSync(join(tmpdir(), 'lepton-volumes-'))
afterAll(() => rmSync(folder, { recursive: true }))

const [rows, columns, slices] = [5, 7, 4]
const [cos, sin] = [Math.cos(0.4), Math.sin(0.4)]

interface Look {
  /** Of the way from slice to slice along the row, per slice, as a tilted gantry gives it. */
  shift?: number
  /** Slope of each slice. */
  slope?: (slice: number) => number
  /** Left out of the stack. */
  gap?: number
}

/** An oblique series, its files in an order of their own; every voxel has another value. */
function writeSeries(name: string, { shift = 0, slope = () => 1, gap = -1 }: Look): string[] {
  const place = join(folder, 'dicom', name)
  mkdirSync(place, { recursive: true })
  const kept = [2, 0, 3, 1].filter((k) => k !== gap)
  return kept.map((k) => {
    const position = [-12 + k * (3 * sin + shift * cos), 30, -7 + k * (3 * cos - shift * sin)]
    const more: Part[] = [
      [0x00080018, 'UI', `1.2.3.${k + 1}`],
      [0x00200032, 'DS', position.map((value) => value.toFixed(9)).join('\\')],
      [0x00200037, 'DS', [cos, 0, -sin, 0, 1, 0].map((value) => value.toFixed(12)).join('\\')],
      [0x00280030, 'DS', '0.75\\0.5'],
      [0x00281052, 'DS', '-20'],
      [0x00281053, 'DS', String(slope(k))],
      [0x0008103e, 'LO', 'T1 / oblique'],
    ]
    const values = Array.from({ length: rows * columns }, (_, at) => k * 1000 + at * 3)
    const path = join(place, `${k}.dcm`)
    const parts = greyImage(rows, columns, 16, more)
    writeFileSync(path, dicomBytes([...parts, [0x7fe00010, 'OW', shorts(...values)]]))
    return path
  })
}

/** The series as the library gives it, decoded as the engine does. */
async function volumesOver(paths: readonly string[]) {
  const read = await Promise.all(paths.map(readHeader))
  const images = read.map(({ header }, at): SeriesImage => {
    const geometry = header.geometry[0] ?? null
    return { id: at, ordinal: at, frame: 0, name: `${at}`, rows, columns, geometry }
  })
  const pathOf = (id: number) => paths[id] ?? ''
  const [first] = read
  if (!first) throw new Error('no file')
  return createVolumes({
    library: {
      seriesImages: () => images,
      imageSource: (id) => ({ path: pathOf(id), frame: 0, version: '' }),
      header: () => first.header,
    },
    engine: { frame: async ({ path, frame }) => (await openInstance(path)).frame(frame) },
  })
}

async function saved(name: string, look: Look) {
  const volumes = await volumesOver(writeSeries(name, look))
  const files = { nifti: join(folder, `${name}.nii.gz`), nrrd: join(folder, `${name}.nrrd`) }
  for (const format of ['nifti', 'nrrd'] as const) {
    const { name: called, bytes } = await volumes.save(7, format)
    expect(called).toBe(format === 'nifti' ? '7-T1-oblique.nii.gz' : '7-T1-oblique.nrrd')
    writeFileSync(files[format], bytes)
  }
  return files
}

describe('a series as a volume', () => {
  it.each([
    ['oblique', {}, 'int16'],
    ['tilted', { shift: 0.8 }, 'int16'],
    ['scaled slice by slice', { slope: (k: number) => 1 + k / 4 }, 'float32'],
  ] as const)('%s: every voxel has its value at its place', async (name, look, type) => {
    const files = await saved(name.replaceAll(' ', '-'), look)
    for (const path of Object.values(files)) {
      const instance = await openInstance(path)
      const { geometry } = instance.header
      expect(geometry.length).toBe(slices)
      for (let k = 0; k < slices; k += 1) {
        const source = await openInstance(join(folder, 'dicom', name.replaceAll(' ', '-'), `${k}.dcm`))
        const [wanted, frame] = [await source.frame(0), await instance.frame(k)]
        expect(frame.type).toBe(type)
        expect([...frame.data]).toEqual([...wanted.data].map((value) => value * wanted.slope - 20))
        const [there, here] = [source.header.geometry[0], geometry[k]]
        for (const key of ['position', 'orientation', 'spacing'] as const)
          for (const [at, value] of here?.[key]?.entries() ?? [])
            expect(value).toBeCloseTo(there?.[key]?.[at] ?? Number.NaN, 4)
      }
      instance.close()
    }
  })

  it('is refused with the reason where slices are missing', async () => {
    const volumes = await volumesOver(writeSeries('gap', { gap: 1 }))
    await expect(volumes.save(7, 'nrrd')).rejects.toMatchObject({ code: 'VOLUME_IRREGULAR' })
    rmSync(join(folder, 'dicom/gap'), { recursive: true })
  })

  it.runIf(runs)('is read by nibabel and SimpleITK as the DICOM says', { timeout: 60_000 }, () => {
    const script = resolve(import.meta.dirname, '../../e2e/checks/volumes.py')
    const { status, stdout, stderr } = spawnSync(python, [script, folder], { encoding: 'utf8' })
    const failed = stdout.split('\n').filter((line) => line.startsWith('FAIL'))
    expect([status, failed, status === 0 ? '' : stderr]).toEqual([0, [], ''])
    expect(stdout.split('\n').length).toBeGreaterThan(20)
  })
})
