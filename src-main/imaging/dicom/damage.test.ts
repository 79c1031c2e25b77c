import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LeptonError } from '#shared/domain/fault'
import { sharedData } from '../../testing/shared-data'
import { openInstance, readHeader } from '..'
import { temporaryFile } from '../testing/dicom-file'

const root = sharedData('dicom-corpus')

const subjects = [
  'pydicom-data/data_store/data/emri_small_jpeg_ls_lossless.dcm',
  'pydicom-data/data_store/data/emri_small_jpeg_2k_lossless.dcm',
  'pydicom-data/data_store/data/JLSL_08_07_0_1F.dcm',
  'pylibjpeg-data/ljdata/ds/RLELossless/MR_small_RLE.dcm',
  'fo-dicom/Tests/FO-DICOM.Tests/Test Data/GH184.dcm',
  'pydicom/pydicom/data/test_files/SC_rgb_dcmtk_+eb+cy+n1.dcm',
  'pydicom/pydicom/data/test_files/JPEG-lossy.dcm',
  'pydicom/pydicom/data/test_files/image_dfl.dcm',
]

/** A small generator with a fixed seed (Numerical Recipes). */
function* dice(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state
  }
}

async function outcome(bytes: Uint8Array): Promise<unknown> {
  const path = temporaryFile('damaged.dcm', bytes)
  await readHeader(path).catch((error: unknown) => {
    if (!(error instanceof LeptonError)) throw error
  })
  return openInstance(path)
    .then((open) => open.frame(0))
    .catch((error: unknown) => error)
}

describe.skipIf(root === null)('damaged files give a picture or a fault', () => {
  test.each(subjects)('%s', async (relative) => {
    const whole = readFileSync(join(root ?? '', relative))
    const rolls = dice(42)
    const roll = (sides: number) => (rolls.next().value ?? 0) % sides
    for (let round = 0; round < 24; round++) {
      const bytes =
        round % 3 === 0 ? Uint8Array.from(whole.subarray(0, roll(whole.length))) : Uint8Array.from(whole)
      for (let hit = 0; hit < 1 + round; hit++) bytes[roll(Math.max(1, bytes.length))] = roll(256)
      const found = await outcome(bytes)
      if (found instanceof Error) expect(found, found.stack ?? '').toBeInstanceOf(LeptonError)
      else expect(found).toHaveProperty('columns')
    }
  })
})
