import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { LeptonError } from '#shared/domain/fault'
import type { Inspection } from '#shared/domain/inspection'
import { sharedData } from '../../testing/shared-data'
import { inspectFile, openInstance, readHeader } from '..'
import { meansOf } from '../samples'
import { conformanceStatement, type Outcome } from '../testing/conformance'

const expectedFile = z.looseObject({
  status: z.enum(['ok', 'no-pixels', 'reference-failed']),
  lossy: z.boolean().default(false),
  bitsAllocated: z.number().default(8),
  min: z.number().default(Number.NaN),
  max: z.number().default(Number.NaN),
  mean: z.number().default(Number.NaN),
  last_mean: z.number().default(Number.NaN),
  sha256_frame0_le: z.string().optional(),
  dtype: z.string().optional(),
  rgb_mean: z.tuple([z.number(), z.number(), z.number()]).optional(),
})
type Expected = z.infer<typeof expectedFile>

/** What both readers must say alike. */
const stated = [
  'transferSyntax',
  'sopClass',
  'modality',
  'patientName',
  'rows',
  'columns',
  'frames',
  'samples',
  'photometric',
  'bitsAllocated',
  'bitsStored',
  'signed',
  'lossy',
] as const

/** Where the reference and this reader differ for a reason that is known: what is not compared. */
const exceptions: Record<string, { skip: 'rgb' | 'shown rgb' | 'values'; mean?: number; reason: string }> = {
  'GH195.dcm': {
    skip: 'rgb',
    reason: 'labelled RGB, but a JFIF stream with 4:2:0 subsampling; the reference took its YCbCr for RGB',
  },
  'OBXXXX1A_expb.dcm': {
    skip: 'rgb',
    reason: 'the reference did not swap the bytes of the big endian palette; the picture equals OBXXXX1A.dcm',
  },
  'SC_rgb_small_odd_big_endian.dcm': {
    skip: 'shown rgb',
    reason:
      'bytes in big endian words are told in the order of the file, as by the reference, but shown swapped as PS3.5 has it',
  },
  'multiframe.dcm': {
    skip: 'values',
    mean: 166.63,
    reason:
      'a slide whose edge tiles are smaller than stated; the reference has zeros, dcmtk has the same picture as we do',
  },
  'JPEG2000-embedded-sequence-delimiter.dcm': {
    skip: 'values',
    mean: 13.4582,
    reason:
      'the grid of its code stream was overwritten; the reference has noise, we the picture of the file it was made from',
  },
}

const root = sharedData('dicom-corpus')
const expected = root
  ? z.record(z.string(), expectedFile).parse(JSON.parse(readFileSync(join(root, 'expected.json'), 'utf8')))
  : {}
const files = Object.entries(expected).map(([path, want]) => ({
  path,
  name: path.split('/').at(-1) ?? '',
  want,
}))
const outcomes: Outcome[] = []
const withoutPixels = new Map<string, string>()

describe.skipIf(root === null)('the DICOM corpus', () => {
  const path = (relative: string) => join(root ?? '', relative)

  test.each(files.filter(({ want }) => want.status === 'ok'))(
    'decodes $path',
    async ({ path: file, name, want }) => {
      const found = inspected(await inspectFile(path(file)), 'ok')
      for (const key of stated) expect(found[key], key).toBe(want[key])
      const exception = exceptions[name]
      if (exception?.skip === 'values') expect(found.mean).toBeCloseTo(exception.mean ?? Number.NaN, 0)
      else compareValues(found, want, exception?.skip === 'rgb')
      await compareShown(path(file), want, exception !== undefined)
      const { transferSyntax, photometric } = found
      const kind = exception ? 'differs' : 'expected'
      outcomes.push({
        file,
        transferSyntax,
        photometric,
        kind,
        ...(exception && { reason: exception.reason }),
      })
    },
  )

  test.each(files.filter(({ want }) => want.status === 'no-pixels'))(
    'says what $path is',
    async ({ path: file, want }) => {
      const found = inspected(await inspectFile(path(file)), 'no-pixels')
      for (const key of ['transferSyntax', 'sopClass', 'modality', 'patientName'] as const) {
        expect(found[key], key).toBe(want[key])
      }
      expect(found.object).not.toBe('')
      withoutPixels.set(file, found.object)
    },
  )

  test.each(files.filter(({ want }) => want.status === 'reference-failed'))(
    'survives $path',
    async ({ path: file }) => {
      const found = await inspectFile(path(file))
      expect(found.status).not.toBe('no-pixels')
      const { transferSyntax = '', photometric = '' } = found.status === 'no-pixels' ? {} : found
      const refusal =
        found.status === 'error'
          ? ({ kind: 'refused', reason: found.code } as const)
          : ({ kind: 'alone' } as const)
      outcomes.push({ file, transferSyntax, photometric, ...refusal })
      const shown = await openInstance(path(file))
        .then((open) => open.frame(0))
        .catch((reason: unknown) => reason)
      if (found.status === 'error') expect(shown).toBeInstanceOf(LeptonError)
      else expect(shown).toHaveProperty('rows')
    },
  )

  test('the statement in docs is up to date', async () => {
    expect(outcomes.length + withoutPixels.size).toBe(files.length)
    const page = join(import.meta.dirname, '../../../docs/dicom-conformance.md')
    await expect(conformanceStatement(outcomes, withoutPixels)).toMatchFileSnapshot(page)
  })
})

function inspected<Status extends Inspection['status']>(found: Inspection, status: Status) {
  expect(found).toMatchObject({ status })
  return found as Extract<Inspection, { status: Status }>
}

function compareValues(
  found: Extract<Inspection, { status: 'ok' }>,
  want: Expected,
  skipColours: boolean,
): void {
  const tolerance = want.lossy ? 2 : 0
  expect(Math.abs(found.min - want.min)).toBeLessThanOrEqual(tolerance)
  expect(Math.abs(found.max - want.max)).toBeLessThanOrEqual(tolerance)
  expect(relativeError(found.mean, want.mean)).toBeLessThanOrEqual(want.lossy ? 1 : 1e-3)
  expect(relativeError(found.last_mean, want.last_mean)).toBeLessThanOrEqual(want.lossy ? 1 : 1e-3)
  expect(found.dtype).toBe(want.dtype)
  expect(found.sha256_frame0_le).toBe(want.sha256_frame0_le)
  if (skipColours) return
  expect(found.rgb_mean === undefined).toBe(want.rgb_mean === undefined)
  for (const [colour, mean] of (want.rgb_mean ?? []).entries()) {
    expect(relativeError(found.rgb_mean?.[colour] ?? Number.NaN, mean)).toBeLessThanOrEqual(
      want.lossy ? 1 : 0.02,
    )
  }
}

/** The header of the library and the frame of the viewer. */
async function compareShown(path: string, want: Expected, skipColours: boolean): Promise<void> {
  const { header, sha256 } = await readHeader(path)
  expect(sha256).toBeNull()
  expect(header.instance.frames).toBe(want.frames)
  expect(header.subject.name ?? '').toBe(want.patientName)
  const instance = await openInstance(path)
  const frame = await instance.frame(0)
  instance.close()
  expect(frame.data.length).toBe(frame.rows * frame.columns * frame.samples)
  if (skipColours || want.rgb_mean === undefined) return
  const full = (2 ** Math.max(8, want.bitsAllocated) - 1) / 255
  const scale = Math.max(...want.rgb_mean) > 255 ? full : 1
  for (const [colour, mean] of meansOf(frame.data, 3).entries()) {
    expect(Math.abs(mean - (want.rgb_mean[colour] ?? Number.NaN) / scale)).toBeLessThanOrEqual(1)
  }
}

function relativeError(found: number, wanted: number): number {
  return Math.abs(found - wanted) / Math.max(1, Math.abs(wanted) / 1000)
}
