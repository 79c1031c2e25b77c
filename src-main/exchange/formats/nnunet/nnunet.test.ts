import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { affineGeometry } from '#main/imaging/affine-geometry'
import { readNiftiHeader } from '#main/imaging/nifti/header'
import type { FrameGeometry } from '#shared/domain/image'
import { annotationOf, forget, imageOf, writeSet } from '../testing/sets'
import { nnUnet } from '.'

const [cos, sin] = [Math.cos(0.3), Math.sin(0.3)]
const slice = (k: number): FrameGeometry => ({
  position: [-12 + k * 3 * sin, 30, -7 + k * 3 * cos],
  orientation: [cos, 0, -sin, 0, 1, 0],
  spacing: [0.7, 0.5],
  spacingSource: 'PixelSpacing',
  thickness: 2,
})
const stack = [0, 1, 2, 3].map((k) =>
  imageOf(
    k + 1,
    k === 2 ? [annotationOf('lesion', { kind: 'box', box: [10, 20, 5, 6], angle: 0 })] : [],
    { geometry: slice(k), ordinal: k },
    'train',
  ),
)

it('writes volumes that lie where the slices lie', async () => {
  const written = await writeSet(nnUnet, stack, { volume: true })
  expect(written.files.sort()).toEqual([
    'Dataset001_trial/dataset.json',
    'Dataset001_trial/imagesTr/Store_1_0000.nii.gz',
    'Dataset001_trial/labelsTr/Store_1.nii.gz',
  ])
  const file = (name: string) => gunzipSync(readFileSync(join(written.folder, 'Dataset001_trial', name)))
  const labels = file('labelsTr/Store_1.nii.gz')
  const header = readNiftiHeader(labels)
  expect(header).toMatchObject({ size: [80, 60, 4], offset: 352 })
  const byForm = [header, readNiftiHeader(withoutSform(labels))].map((one) => affineGeometry(one, 'NIfTI'))
  for (const geometry of byForm) {
    geometry.forEach(({ position, orientation, spacing }, k) => {
      const rounded = (values: readonly number[] | null) => values?.map((value) => Number(value.toFixed(4)))
      expect(rounded(position)).toEqual(rounded(slice(k).position))
      expect(rounded(orientation)).toEqual(rounded(slice(k).orientation))
      expect(rounded(spacing)).toEqual([0.7, 0.5])
    })
  }
  const voxel = (x: number, y: number, z: number) => labels[352 + (z * 60 + y) * 80 + x]
  expect([voxel(10, 20, 2), voxel(14, 25, 2), voxel(15, 25, 2), voxel(10, 20, 1)]).toEqual([1, 1, 0, 0])
  const pixels = file('imagesTr/Store_1_0000.nii.gz')
  expect(pixels.readInt16LE(352 + 2 * 300)).toBe(300 % 251)
  expect(JSON.parse(readFileSync(join(written.folder, 'Dataset001_trial/dataset.json'), 'utf8'))).toEqual({
    channel_names: { 0: 'image' },
    labels: { background: 0, lesion: 1 },
    numTraining: 1,
    file_ending: '.nii.gz',
  })
  forget(written)
})

it('writes photographs as PNG with the split, and tells of what has no area', async () => {
  const box = annotationOf('tea', { kind: 'box', box: [1, 1, 3, 3], angle: 0 })
  const written = await writeSet(nnUnet, [
    imageOf(1, [box], {}, 'train'),
    imageOf(2, [], {}, 'val'),
    imageOf(3, [annotationOf('tea', { kind: 'tag' })], {}, 'test'),
  ])
  expect(written.files).toContain('Dataset001_trial/labelsTs/3.png')
  expect(written.notices).toEqual(['tag of tea'])
  expect(
    JSON.parse(readFileSync(join(written.folder, 'Dataset001_trial/splits_final.json'), 'utf8')),
  ).toEqual([{ train: ['1'], val: ['2'] }])
  forget(written)
})

function withoutSform(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  new DataView(copy.buffer).setInt16(254, 0, true)
  return copy
}
