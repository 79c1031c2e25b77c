import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openInstance } from '#main/imaging'
import { sharedData } from '#main/testing/shared-data'
import { decodeRle } from '#shared/geometry/rle'
import { inImage, inPatient, planeOf, type SlicePlane } from '#shared/geometry/slice-plane'
import { dot, minus, type Vector } from '#shared/geometry/vector'
import { ExchangeBench } from '../testing/bench'

const patients = ['STS_002', 'STS_008', 'STS_025', 'STS_042']
const cases = patients.flatMap((patient) => ['MR_T1', 'CT'].map((series) => ({ patient, series })))
const figures: string[] = []

afterAll(() => console.warn(`Dice of contours against independent masks: ${figures.join(', ')}`))

describe.each(cases)('contours of $patient on $series', ({ patient, series }) => {
  const folder = sharedData(`sts-dicom/${patient}/${series}`)
  const masks = sharedData(`sts-mr/${patient}_mask.nii.gz`)

  it.skipIf(!folder || !masks)('land on the tumour', { timeout: 60_000 }, async () => {
    const bench = await new ExchangeBench().open(join(folder ?? '', 'image'))
    try {
      const { problems } = await bench.import(join(folder ?? '', 'mask/RS.dcm'))
      expect(problems).toEqual([])
      const dice = await diceOf(bench, masks ?? '')
      figures.push(`${patient} ${series} ${dice.toFixed(3)}`)
      expect(dice).toBeGreaterThan(0.98)
    } finally {
      await bench.close()
    }
  })
})

/** The voxel of a stack of parallel slices that a place in the patient falls into. */
function voxelOf(place: Vector, first: SlicePlane, last: SlicePlane, frames: number): Vector {
  const height = dot(minus(place, first.origin), first.normal)
  const whole = dot(minus(last.origin, first.origin), first.normal)
  const [x, y] = inImage(first, place)
  return [Math.floor(x), Math.floor(y), Math.round((height / whole) * (frames - 1))]
}

/** Voxels of the NIfTI mask, taken to the slices by where they lie in the patient. */
async function diceOf(bench: ExchangeBench, path: string): Promise<number> {
  const truth = await openInstance(path)
  const { rows, columns, frames } = truth.header.instance
  const said = new Map(bench.said().map((one) => [one.imageId, one]))
  const identities = bench.annotations.forSeries(bench.seriesId)
  let [both, drawn, real] = [0, 0, 0]
  const first = planeOf({ rows, columns, geometry: truth.header.geometry[0] ?? null })
  const last = planeOf({ rows, columns, geometry: truth.header.geometry.at(-1) ?? null })
  if (!first || !last) throw new Error('the mask says where it lies')
  const volume = await Promise.all(Array.from({ length: frames }, (_, frame) => truth.frame(frame)))
  for (const { imageId, rows: down, columns: across, geometry } of identities) {
    const plane = planeOf({ rows: down, columns: across, geometry })
    const shape = said.get(imageId)?.shape
    const mask = shape?.kind === 'mask' ? decodeRle(shape.mask) : new Uint8Array(down * across)
    if (!plane) throw new Error('the slice says where it lies')
    for (let at = 0; at < mask.length; at++) {
      const place = inPatient(plane, (at % across) + 0.5, Math.floor(at / across) + 0.5)
      const [x, y, z] = voxelOf(place, first, last, frames)
      const inside = x >= 0 && y >= 0 && z >= 0 && x < columns && y < rows && z < frames
      const value = inside ? (volume[z]?.data[y * columns + x] ?? 0) : 0
      if (value !== 0) real++
      if (mask[at] === 1) drawn++
      if (value !== 0 && mask[at] === 1) both++
    }
  }
  truth.close()
  return (2 * both) / (drawn + real)
}
