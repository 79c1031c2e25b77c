import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memorySource } from '#main/imaging/byte-source'
import { type ParsedObject, parseObject } from '#main/imaging/dicom/parse'
import { temporaryFile } from '#main/imaging/testing/dicom-file'
import { type DeidentifyOptions, deidentifyOptions, type PixelBox } from '#shared/domain/deidentification'
import { deidentifyFile } from './deidentify-file'
import type { Deidentified } from './types'

/** A secret for tests. */
export const SECRET = '7f'.repeat(32)

export interface Rewritten extends Deidentified {
  bytes: Buffer
  object: ParsedObject
}

/** De-identifies bytes as the engine does a file, and reads the result again. */
export async function deidentified(
  bytes: Uint8Array,
  options: Partial<DeidentifyOptions> = {},
  boxes: PixelBox[] | null = null,
): Promise<Rewritten> {
  const { made, written } = await rewritten(bytes, options, boxes)
  return { ...made, bytes: written, object: parseObject(memorySource(written)) }
}

/** The same for formats other than DICOM. */
export async function rewritten(
  bytes: Uint8Array,
  options: Partial<DeidentifyOptions> = {},
  boxes: PixelBox[] | null = null,
): Promise<{ made: Deidentified; written: Buffer }> {
  const target = join(mkdtempSync(join(tmpdir(), 'lepton-deidentify-')), 'out')
  const task = { path: temporaryFile('in', bytes), target, secret: SECRET, boxes }
  const made = await deidentifyFile({ ...task, options: deidentifyOptions.parse(options) })
  return { made, written: readFileSync(target) }
}
