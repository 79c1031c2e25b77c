import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readHeader } from '#main/imaging'
import { keptLesions } from '#main/scoring/kept-lesions'
import { linkLesions } from '#main/scoring/lesions'
import { sharedData } from '#main/testing/shared-data'
import { iouOf } from '#shared/decoding/candidate'
import type { FrameGeometry } from '#shared/domain/image'
import { bundledModels, referenceOf } from './testing/bundled-models'
import { InProcess } from './testing/in-process'
import {
  type PictureReference,
  pictureReferences,
  seriesReference,
  type TensorSummary,
} from './testing/reference'
import type { EngineFinding, FrameSource, ImageResult, ModelSource } from './types'
import type { Batch } from './work/jobs'

type Scored = Extract<ImageResult, { status: 'scored' }>

/** JPEG decoders differ by a level or two; one level of 255 is about 0.02 after standardising. */
const LOSSY = { mean: 0.004, pin: 0.05, probability: 0.05, score: 0.05 }
const EXACT = { mean: 1e-3, pin: 2e-3, probability: 5e-3, score: 5e-3 }

const here = new InProcess()

// recipes write down what the first file of their package makes of a picture
for (const model of bundledModels().filter(
  ({ manifest, precision }) => manifest.weights[0]?.precision === precision,
)) {
  const { manifest } = model
  const reference = referenceOf(manifest.id)
  const known = seriesReference.safeParse(reference)
  describe(manifest.id, () => {
    if (reference === null || manifest.input.prompt) {
      it.skip(
        reference === null ? 'has no values of its recipe' : 'answers to clicks, which the viewer prepares',
      )
    } else if (known.success) {
      it('gives the tensors and masks of its recipe over a series', { timeout: 120_000 }, () =>
        compareSeries(model, known.data),
      )
    } else {
      for (const picture of pictureReferences.parse(reference).pictures) {
        const path = sharedData(picture.path)
        it.skipIf(path === null)(`gives the tensor and findings of its recipe: ${picture.path}`, async () => {
          const stack = [{ path: path ?? '', frame: 0 }]
          const { tensor, result } = await here.score(model, stack, 0)
          comparePicture(picture, tensor, result)
          const { flips } = picture
          if (flips) compareFlips(picture.path, flips, (await here.score(model, stack, 0, true)).result)
        })
      }
    }
  })
}

function comparePicture(expected: PictureReference, tensor: Batch, result: Scored): void {
  const limits = limitsOf(expected.path)
  compareTensor(tensor, expected.tensor, limits)
  compareClasses(expected, result, limits.probability)
  expected.embedding?.forEach((value, at) => {
    expect(Math.abs((result.embedding?.[at] ?? Number.NaN) - value)).toBeLessThan(0.02)
  })
  if (expected.maskPixels !== undefined) compareMask(result, expected.maskPixels, expected.maskBox ?? null)
  if (expected.detections) compareDetections(result, expected.detections, limits.score)
}

/** What is said of a picture and its mirror image together. */
function compareFlips(
  path: string,
  { classes, group, detections }: NonNullable<PictureReference['flips']>,
  result: Scored,
): void {
  const limits = limitsOf(path)
  compareClasses({ probabilities: classes, group }, result, limits.probability)
  if (detections) compareDetections(result, detections, limits.score)
}

const limitsOf = (path: string) => (/\.jpe?g$/i.test(path) ? LOSSY : EXACT)

function compareClasses(
  { probabilities, group: expected }: Pick<PictureReference, 'probabilities' | 'group'>,
  { classes: [classes] }: Scored,
  limit: number,
): void {
  // a shift of the log-odds by 0.2 moves a probability in the middle, and hardly one that is sure
  const limitAt = (probability: number) => Math.min(limit, 0.005 + 0.2 * probability * (1 - probability))
  for (const [label, probability] of Object.entries(probabilities)) {
    const came = classes?.probabilities.find((one) => one.label === label)?.probability ?? -1
    expect(Math.abs(came - probability), `${label}: ${came}, ${probability} in training`).toBeLessThan(
      limitAt(probability),
    )
  }
  if (!expected) return
  const came = classes?.groups.find(({ group }) => group === expected.id)?.probability ?? -1
  expect(Math.abs(came - expected.probability), `${expected.id}: ${came}`).toBeLessThan(
    limitAt(expected.probability),
  )
}

function compareTensor({ shape, data }: Batch, expected: TensorSummary, limits: typeof EXACT): void {
  expect(shape).toEqual(expected.shape)
  const { mean, deviation } = momentsOf(data)
  expect(Math.abs(mean - expected.mean)).toBeLessThan(limits.mean)
  expect(Math.abs(deviation - expected.std)).toBeLessThan(limits.mean)
  for (const { at, value } of expected.pins) {
    const place = at.reduce((sum, index, axis) => sum * (shape[axis] ?? 1) + index, 0)
    expect(Math.abs((data[place] ?? Number.NaN) - value), `at ${at}`).toBeLessThan(limits.pin)
  }
}

function momentsOf(data: Float32Array): { mean: number; deviation: number } {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length
  const square = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length
  return { mean, deviation: Math.sqrt(square) }
}

function compareMask(
  { findings }: Scored,
  pixels: number,
  box: NonNullable<PictureReference['maskBox']> | null,
): void {
  const regions = findings.filter(({ mask }) => mask)
  const area = regions.reduce((sum, { areaPx }) => sum + (areaPx ?? 0), 0)
  expect(Math.abs(area - pixels), `${area} pixels, ${pixels} in training`).toBeLessThanOrEqual(
    2 + pixels * 0.005,
  )
  const corners = regions.flatMap(({ box }) => (box ? [box] : []))
  expect(corners.length > 0).toBe(box !== null)
  if (!box) return
  const found = [
    Math.min(...corners.map(([x]) => x)),
    Math.min(...corners.map(([, y]) => y)),
    Math.max(...corners.map(([x, , width]) => x + width - 1)),
    Math.max(...corners.map(([, y, , height]) => y + height - 1)),
  ]
  found.forEach((side, at) => {
    expect(Math.abs(side - (box[at] ?? 0)), `mask from ${found} instead of ${box}`).toBeLessThanOrEqual(1)
  })
}

function compareDetections(
  { findings }: Scored,
  expected: NonNullable<PictureReference['detections']>,
  limit: number,
): void {
  const named = new Set(expected.map(({ label }) => label))
  const threshold = Math.min(...expected.map(({ score }) => score)) + limit
  for (const wanted of expected) {
    const match = findings.find(
      ({ label, box }) => label === wanted.label && box && iouOf(cornersOf(box), wanted.box) > 0.9,
    )
    // what lies just above the threshold may fall below it
    if (!match && wanted.score < threshold) continue
    expect(match, `${wanted.label} at ${wanted.box}`).toBeDefined()
    expect(Math.abs((match?.score ?? 0) - wanted.score)).toBeLessThan(limit)
  }
  const surplus = findings.filter(
    ({ label, box, score }) =>
      named.has(label) &&
      score > threshold &&
      !expected.some((one) => one.label === label && box && iouOf(cornersOf(box), one.box) > 0.5),
  )
  expect(surplus).toEqual([])
}

function cornersOf([x, y, width, height]: NonNullable<EngineFinding['box']>) {
  return [x, y, x + width, y + height] as const
}

async function compareSeries(
  model: ModelSource,
  expected: ReturnType<typeof seriesReference.parse>,
): Promise<void> {
  const folder = sharedData(`sts-dicom/${expected.series}/MR_T1/image`)
  if (!folder) return
  const { stack, geometry } = await orderedStack(folder)
  expect(stack).toHaveLength(expected.slices)
  const slices: EngineFinding[][] = []
  for (const index of stack.keys()) {
    const { tensor, result } = await here.score(model, stack, index)
    slices.push(result.findings)
    if (index !== expected.middleSlice.index) continue
    expect(tensor.shape).toEqual([1, ...expected.inputShape.slice(1)])
    const { mean, deviation } = momentsOf(tensor.data)
    expect(Math.abs(mean - expected.middleSlice.mean)).toBeLessThan(1e-3)
    expect(Math.abs(deviation - expected.middleSlice.std)).toBeLessThan(1e-3)
  }
  const counts = keptPixels(slices, geometry, model)
  counts.forEach((count, slice) => {
    const wanted = expected.maskPixels[slice] ?? -1
    expect(Math.abs(count - wanted), `slice ${slice}: ${count} pixels, not ${wanted}`).toBeLessThanOrEqual(2)
  })
}

/** Marked pixels of each slice once the lesions that the model's rules drop are gone. */
function keptPixels(
  slices: EngineFinding[][],
  geometry: FrameGeometry[],
  { manifest }: ModelSource,
): number[] {
  const placed = slices.flatMap((findings, place) => findings.map((finding) => ({ finding, place })))
  const regions = slices.map((_, place) => {
    const here = placed.flatMap(({ finding, place: at }, findingId) => {
      const { box, mask, areaPx } = finding
      return at === place && box && mask && areaPx !== null
        ? [{ ...finding, findingId, box, mask, areaPx }]
        : []
    })
    return [place, here] as const
  })
  const lesions = linkLesions(regions, { stack: geometry, unplaced: true })
  const kept = new Set(keptLesions(lesions, manifest.postprocess).flatMap(({ findingIds }) => findingIds))
  return slices.map((_, place) =>
    placed.reduce(
      (sum, { finding, place: at }, id) => sum + (at === place && kept.has(id) ? (finding.areaPx ?? 0) : 0),
      0,
    ),
  )
}

/** The slices of a DICOM series by rising position along its normal. */
async function orderedStack(folder: string): Promise<{ stack: FrameSource[]; geometry: FrameGeometry[] }> {
  const slices = await Promise.all(
    readdirSync(folder)
      .filter((name) => name.endsWith('.dcm'))
      .map(async (name) => {
        const path = join(folder, name)
        const [geometry] = (await readHeader(path)).header.geometry
        if (!geometry?.orientation || !geometry.position) throw new Error(`${name} tells no place`)
        const [a, b, c, d, e, f] = geometry.orientation
        const normal = [b * f - c * e, c * d - a * f, a * e - b * d] as const
        const [x, y, z] = geometry.position
        return { path, geometry, along: normal[0] * x + normal[1] * y + normal[2] * z }
      }),
  )
  slices.sort((a, b) => a.along - b.along)
  return {
    stack: slices.map(({ path }) => ({ path, frame: 0 })),
    geometry: slices.map(({ geometry }) => geometry),
  }
}
