import { openFile } from '#main/imaging/byte-source'
import type { Dataset } from '#main/imaging/dicom/dataset'
import { parseObject } from '#main/imaging/dicom/parse'
import type { LabelCode } from '#shared/domain/annotation/label-schema'
import { LeptonError } from '#shared/domain/fault'

/** Manufacturer of the objects this app writes. */
export const APP_NAME = 'Lepton Studio'

const PREAMBLE = 128
const META = 512

/** Whether a file is a DICOM object of one of these SOP classes. */
export function isObject(path: string, head: Uint8Array, classes: readonly string[]): boolean {
  const marked = latin1(head.subarray(PREAMBLE, PREAMBLE + 4)) === 'DICM'
  if (marked) {
    // the meta group names the class; what follows it must not be taken for a part of a longer one
    const meta = latin1(head.subarray(PREAMBLE, PREAMBLE + META))
    return classes.some((uid) => new RegExp(`${uid.replaceAll('.', '\\.')}(?![0-9.])`).test(meta))
  }
  // a bare data set begins with group 8, in little endian
  if (head[0] !== 8 || head[1] !== 0 || head[3] !== 0) return false
  try {
    return classes.includes(readDataset(path).code(0x00080016) ?? '')
  } catch (error) {
    if (error instanceof LeptonError) return false
    throw error
  }
}

/** The data set of an object without its pixels. @throws as the reader does */
export function readDataset(path: string): Dataset {
  const { source } = openFile(path)
  try {
    return parseObject(source).dataset
  } finally {
    source.close()
  }
}

/** The code of a code sequence item; null where it is incomplete. Schemes of old are given their present names. */
export function codeOf(item: Dataset | null): LabelCode | null {
  const value = item?.text(0x00080100) ?? item?.text(0x00080119) ?? item?.text(0x00080120) ?? null
  const scheme = item?.text(0x00080102) ?? ''
  if (!item || value === null) return null
  const meaning = item.text(0x00080104) ?? value
  return { scheme: scheme === 'SNM3' || scheme === '99SDM' ? 'SRT' : scheme || '99', value, meaning }
}

/** Whether an item says a concept. */
export const means = (code: LabelCode | null, ...concepts: readonly { scheme: string; value: string }[]) =>
  code !== null && concepts.some(({ scheme, value }) => code.scheme === scheme && code.value === value)

/** Referenced SOP Instance UID and frame (from 0) of an item that refers to an image. */
export function referenceOf(item: Dataset | null): { uid: string; frame: number } | null {
  const uid = item?.code(0x00081155) ?? null
  if (!item || uid === null) return null
  return { uid, frame: Math.max(0, (item.decimal(0x00081160) ?? 1) - 1) }
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
