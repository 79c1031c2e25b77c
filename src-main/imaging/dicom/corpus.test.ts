import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { LeptonError } from '#shared/domain/fault'
import type { SampleArray } from '#shared/domain/image'
import { sharedData } from '../../testing/shared-data'
import { openInstance, readHeader } from '..'

const expectedFile = z.object({
  status: z.enum(['ok', 'no-pixels', 'reference-failed']),
  frames: z.number().optional(),
  lossy: z.boolean().optional(),
  bitsAllocated: z.number().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  mean: z.number().optional(),
  last_mean: z.number().optional(),
  sha256_frame0_le: z.string().optional(),
  rgb_mean: z.array(z.number()).optional(),
  patientName: z.string().optional(),
  modality: z.string().optional(),
})

/** Files whose reference says no pixels, though the part that is there decodes. */
const readableAfterAll = ['GH1339.dcm', 'emri_small_jpeg_2k_lossless_too_short.dcm']

/** Where the reference and this reader differ for a reason that is known. */
const exceptions: Record<string, { skip: 'rgb' | 'values' | 'decoding'; reason: string }> = {
  'GH195.dcm': {
    skip: 'rgb',
    reason: 'labelled RGB, but a JFIF stream with 4:2:0 subsampling; the reference took its YCbCr for RGB',
  },
  'OBXXXX1A_expb.dcm': {
    skip: 'rgb',
    reason: 'the reference did not swap the bytes of the big endian palette; the picture equals OBXXXX1A.dcm',
  },
  'multiframe.dcm': {
    skip: 'values',
    reason:
      'a slide whose edge tiles are smaller than stated; the reference has zeros, dcmtk has 243.9 as we do',
  },
  'JPEG2000-embedded-sequence-delimiter.dcm': {
    skip: 'decoding',
    reason: 'its grid begins at column 3,722,444,800, beyond what the codec counts to; refused as corrupt',
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

describe.skipIf(root === null)('the DICOM corpus', () => {
  const path = (relative: string) => join(root ?? '', relative)

  test.each(files.filter(({ want }) => want.status === 'ok'))(
    'decodes $path',
    async ({ path: relative, name, want }) => {
      const skip = exceptions[name]?.skip
      const { header, sha256 } = await readHeader(path(relative))
      expect(sha256).toBeNull()
      expect(header.instance.frames).toBe(want.frames)
      expect(header.series.modality ?? '').toBe(want.modality)
      expect(header.subject.name ?? '').toBe(want.patientName)
      const instance = await openInstance(path(relative))
      if (skip === 'decoding') {
        await expect(instance.frame(0)).rejects.toThrow(LeptonError)
        return
      }
      if (skip === 'values') {
        const { data } = await instance.frame(0)
        expect(statistics(data).mean).toBeCloseTo(243.9, 0)
        return
      }
      const { data } = await instance.storedFrame(0)
      const found = statistics(data)
      const tolerance = want.lossy ? 2 : 0
      expect(Math.abs(found.min - (want.min ?? Number.NaN))).toBeLessThanOrEqual(tolerance)
      expect(Math.abs(found.max - (want.max ?? Number.NaN))).toBeLessThanOrEqual(tolerance)
      expect(relativeError(found.mean, want.mean)).toBeLessThanOrEqual(want.lossy ? 1 : 1e-3)
      if (want.sha256_frame0_le) expect(hash(data)).toBe(want.sha256_frame0_le)
      const last = await instance.storedFrame(header.instance.frames - 1)
      expect(relativeError(statistics(last.data).mean, want.last_mean)).toBeLessThanOrEqual(
        want.lossy ? 1 : 1e-3,
      )

      const frame = await instance.frame(0)
      expect(frame.data.length).toBe(frame.rows * frame.columns * frame.samples)
      if (want.rgb_mean && skip !== 'rgb') {
        const full = (2 ** Math.max(8, want.bitsAllocated ?? 8) - 1) / 255
        const scale = Math.max(...want.rgb_mean) > 255 ? full : 1
        const means = [0, 1, 2].map((colour) => statistics(frame.data, colour, 3).mean)
        for (const [colour, mean] of means.entries()) {
          expect(Math.abs(mean - (want.rgb_mean[colour] ?? Number.NaN) / scale)).toBeLessThanOrEqual(1)
        }
      }
      instance.close()
    },
  )

  test.each(files.filter(({ want }) => want.status === 'no-pixels'))(
    'says what $path is',
    async ({ path: relative, name }) => {
      if (readableAfterAll.includes(name)) {
        const frame = await (await openInstance(path(relative))).frame(0)
        expect(frame.max).toBeGreaterThan(frame.min)
        return
      }
      const error = await readHeader(path(relative))
        .then(
          ({ header }) => openInstance(path(relative)).then((open) => open.frame(0).then(() => header)),
          (reason: unknown) => reason,
        )
        .catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(LeptonError)
      const allowed = [
        'DICOM_NO_PIXELS',
        'DICOM_INVALID',
        'FORMAT_UNKNOWN',
        'IMAGE_CORRUPT',
        'IMAGE_UNSUPPORTED',
      ]
      expect(allowed).toContain(error instanceof LeptonError ? error.code : '')
    },
  )

  test.each(files.filter(({ want }) => want.status === 'reference-failed'))(
    'survives $path',
    async ({ path: relative }) => {
      const outcome = await openInstance(path(relative))
        .then((open) => open.frame(0))
        .catch((reason: unknown) => reason)
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(LeptonError)
      else expect(outcome).toHaveProperty('rows')
    },
  )
})

/** Of every `step`-th value from `first`. */
function statistics(data: SampleArray, first = 0, step = 1): { min: number; max: number; mean: number } {
  let min = Infinity
  let max = -Infinity
  let sum = 0
  for (let at = first; at < data.length; at += step) {
    const value = data[at] as number
    if (value < min) min = value
    if (value > max) max = value
    sum += value
  }
  return { min, max, mean: (sum * step) / data.length }
}

function relativeError(found: number, wanted = Number.NaN): number {
  return Math.abs(found - wanted) / Math.max(1, Math.abs(wanted) / 1000)
}

function hash({ buffer, byteOffset, byteLength }: SampleArray): string {
  return createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex')
}
