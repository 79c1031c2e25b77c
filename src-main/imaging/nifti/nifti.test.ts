import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { sharedData } from '../../testing/shared-data'
import { openInstance, readHeader } from '..'
import { temporaryFile } from '../testing/dicom-file'

/** A NIfTI-1 volume of 3 x 2 x 2 voxels with values 0 to 11. */
function volume({ little = true, sform = true, type = 4, slope = 0 } = {}): Buffer {
  const bytes = Buffer.alloc(352 + 24)
  const short = (at: number, value: number) =>
    little ? bytes.writeInt16LE(value, at) : bytes.writeInt16BE(value, at)
  const real = (at: number, value: number) =>
    little ? bytes.writeFloatLE(value, at) : bytes.writeFloatBE(value, at)
  if (little) bytes.writeInt32LE(348, 0)
  else bytes.writeInt32BE(348, 0)
  for (const [index, value] of [3, 3, 2, 2, 1, 1, 1, 1].entries()) short(40 + index * 2, value)
  short(70, type)
  for (const [index, value] of [1, 0.5, 0.75, 4].entries()) real(76 + index * 4, value)
  real(108, 352)
  real(112, slope)
  real(116, -10)
  bytes[123] = 2
  short(254, sform ? 1 : 0)
  const affine = [-0.5, 0, 0, 10, 0, -0.75, 0, 20, 0, 0, 4, 30]
  if (sform) for (const [index, value] of affine.entries()) real(280 + index * 4, value)
  bytes.write('n+1\0', 344)
  for (let index = 0; index < 12; index++) short(352 + index * 2, index)
  return bytes
}

const plain = temporaryFile('volume.nii', volume())

describe('NIfTI', () => {
  test('slices are frames along k, with columns along i', async () => {
    const { header, sha256 } = await readHeader(plain)
    expect(header.instance).toMatchObject({ rows: 2, columns: 3, frames: 2, samples: 1, signed: true })
    expect(header.series.modality).toBeNull()
    expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    const instance = await openInstance(plain)
    expect([...(await instance.frame(1)).data]).toEqual([6, 7, 8, 9, 10, 11])
    expect(instance.sha256()).toBe(sha256)
    await expect(instance.frame(2)).rejects.toMatchObject({ code: 'FRAME_OUT_OF_RANGE' })
  })

  test('geometry comes from the sform, turned from RAS to LPS', async () => {
    const { geometry } = (await readHeader(plain)).header
    expect(geometry).toEqual([
      {
        position: [-10, -20, 30],
        orientation: [1, 0, 0, 0, 1, 0],
        spacing: [0.75, 0.5],
        spacingSource: 'NIfTI',
        thickness: 4,
      },
      {
        position: [-10, -20, 34],
        orientation: [1, 0, 0, 0, 1, 0],
        spacing: [0.75, 0.5],
        spacingSource: 'NIfTI',
        thickness: 4,
      },
    ])
  })

  test('without an affine map only the spacing is known', async () => {
    const { geometry } = (await readHeader(temporaryFile('bare.nii', volume({ sform: false })))).header
    expect(geometry).toEqual([
      { position: null, orientation: null, spacing: [0.75, 0.5], spacingSource: 'NIfTI', thickness: 4 },
    ])
  })

  test('both byte orders, gzip and scaling give the same values', async () => {
    const big = await openInstance(temporaryFile('big.nii.gz', gzipSync(volume({ little: false, slope: 2 }))))
    const frame = await big.frame(1)
    expect([...frame.data]).toEqual([6, 7, 8, 9, 10, 11])
    expect(frame).toMatchObject({ slope: 2, intercept: -10, spacing: [0.75, 0.5], type: 'int16' })
  })

  test('a volume that ends early is refused slice by slice', async () => {
    const short = await openInstance(temporaryFile('short.nii', volume().subarray(0, 352 + 14)))
    expect((await short.frame(0)).data.length).toBe(6)
    await expect(short.frame(1)).rejects.toMatchObject({ code: 'PIXELS_CORRUPT' })
  })

  test('complex numbers are refused', async () => {
    await expect(readHeader(temporaryFile('complex.nii', volume({ type: 32 })))).rejects.toMatchObject({
      code: 'NIFTI_INVALID',
    })
  })
})

const series = sharedData('sts-dicom/STS_002/MR_T1/image')
const sameVolume = sharedData('sts-mr/STS_002_t1.nii.gz')

describe.skipIf(series === null || sameVolume === null)('one patient as DICOM and as NIfTI', () => {
  test('has the same pixels at the same places', async () => {
    const nifti = await openInstance(sameVolume ?? '')
    const files = readdirSync(series ?? '')
    expect(nifti.header.instance.frames).toBe(files.length)
    for (const name of files) {
      const dicom = await openInstance(join(series ?? '', name))
      const [place] = dicom.header.geometry
      const z = place?.position?.[2] ?? Number.NaN
      const k = nifti.header.geometry.findIndex(({ position }) => Math.abs((position?.[2] ?? 0) - z) < 0.01)
      const twin = nifti.header.geometry[k]
      expect(twin?.orientation).toEqual(place?.orientation)
      expect(twin?.position?.[0]).toBeCloseTo(place?.position?.[0] ?? Number.NaN, 3)
      expect(twin?.position?.[1]).toBeCloseTo(place?.position?.[1] ?? Number.NaN, 3)
      const [frame, other] = [await dicom.frame(0), await nifti.frame(k)]
      expect([frame.rows, frame.columns]).toEqual([other.rows, other.columns])
      expect(Buffer.compare(Buffer.from(frame.data.buffer), Buffer.from(other.data.buffer))).toBe(0)
    }
  })
})
