import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { affineGeometry } from '#main/imaging/affine-geometry'
import { readNiftiHeader } from '#main/imaging/nifti/header'
import type { Shape } from '#shared/domain/annotation/shape'
import type { FrameGeometry } from '#shared/domain/image'
import { maskOf } from '#shared/geometry/shapes/parts'
import { annotationOf, forget, imageOf, readFileOf, writeSet } from '../testing/sets'
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
    lepton: {
      cases: { Store_1: { path: '/pictures/1.jpg', sha256: '1'.padStart(64, '0'), uid: null, frame: 0 } },
    },
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

const dataset = 'Dataset001_trial/dataset.json'
const ellipse: Shape = { kind: 'ellipse', centre: [40, 30], radii: [20, 9], angle: 25 }
const box: Shape = { kind: 'box', box: [1, 2, 8, 6], angle: 0 }
const said = (shape: Shape) => ({ kind: 'mask', mask: maskOf(shape, 60, 80) })
const volume = [0, 1, 2, 3].map((k) =>
  imageOf(
    k + 1,
    [
      ...(k === 1 || k === 2 ? [annotationOf('lesion', ellipse)] : []),
      ...(k === 2 ? [annotationOf('cyst', box)] : []),
    ],
    { geometry: slice(k), ordinal: k },
    'train',
  ),
)

it('gives back the masks of volumes, slice by slice, whichever way the library holds the stack', async () => {
  const written = await writeSet(nnUnet, volume, { volume: true })
  const path = join(written.folder, dataset)
  for (const stack of [volume, volume.toReversed()]) {
    const { annotations, failures } = await readFileOf(nnUnet, path, stack)
    expect(failures).toEqual([])
    expect(annotations.map(({ image, label, shape }) => [image?.imageId, label.name, shape])).toEqual([
      [2, 'lesion', said(ellipse)],
      [3, 'lesion', said(ellipse)],
      [3, 'cyst', said(box)],
    ])
    const [first, second, third] = annotations
    expect([second?.object, third?.object === first?.object]).toEqual([first?.object, false])
  }
  const elsewhere = volume.map((one, k) =>
    imageOf(one.identity.imageId, [], { geometry: { ...slice(k), position: [0, 0, 90 * k] }, ordinal: k }),
  )
  expect((await readFileOf(nnUnet, path, elsewhere)).failures).toEqual([
    'labelsTr/Store_1.nii.gz: INPUT_INVALID',
  ])
  forget(written)
})

it('gives back the masks of photographs, also of a set that another program wrote', async () => {
  const photographs = [
    imageOf(1, [annotationOf('tea', ellipse)], {}, 'train'),
    imageOf(2, [], {}, 'val'),
    imageOf(3, [annotationOf('milk', box)], {}, 'test'),
  ]
  const expected = [
    [1, 'tea', said(ellipse)],
    [3, 'milk', said(box)],
  ]
  const written = await writeSet(nnUnet, photographs)
  const path = join(written.folder, dataset)
  const got = async (images: typeof photographs) => {
    const { annotations, failures } = await readFileOf(nnUnet, path, images)
    expect(failures).toEqual([])
    return annotations.map(({ image, label, shape }) => [image?.imageId, label.name, shape])
  }
  expect(await got(photographs)).toEqual(expected)
  const { lepton: _, ...plain } = JSON.parse(readFileSync(path, 'utf8'))
  // a region of two numbers, and the word for voxels that nobody judged
  const labels = { ...plain.labels, any: [1, 2], ignore: 9 }
  writeFileSync(path, JSON.stringify({ ...plain, labels }))
  const foreign = photographs.map(({ identity }) =>
    imageOf(identity.imageId, [], { path: `/set/imagesTr/${identity.imageId}_0000.png`, format: 'png' }),
  )
  expect(await got(foreign)).toEqual([
    [1, 'tea', said(ellipse)],
    [1, 'any', said(ellipse)],
    [3, 'milk', said(box)],
    [3, 'any', said(box)],
  ])
  rmSync(join(written.folder, 'Dataset001_trial/labelsTs'), { recursive: true })
  expect(await got(foreign)).toHaveLength(2)
  forget(written)
})

function withoutSform(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes)
  new DataView(copy.buffer).setInt16(254, 0, true)
  return copy
}
