import { readDirectory, readHeader } from '#main/imaging'
import { MAX_HEADER_TEXT } from '#main/imaging/limits'
import { faultOf, LeptonError } from '#shared/domain/fault'
import type { Frame } from '#shared/domain/image'
import type { HeaderResult } from '../types'
import type { Handed } from './serve'

/** The header of a file, or why it cannot be read. */
export async function headerOf(path: string): Promise<HeaderResult> {
  try {
    return { path, ...(await readHeader(path)) }
  } catch (error) {
    const fault = faultOf(error)
    return fault.code === 'DICOM_NO_PIXELS'
      ? { path, fault, references: referencesOf(path) }
      : { path, fault }
  }
}

/** The same as JSON, as it crosses to the host. */
export async function headerText(path: string): Promise<string> {
  const text = JSON.stringify(await headerOf(path))
  if (text.length <= MAX_HEADER_TEXT) return text
  const fault = new LeptonError('DICOM_INVALID', {
    expected: `a header of at most ${MAX_HEADER_TEXT} characters`,
    received: `${text.length}`,
  })
  return JSON.stringify({ path, fault: fault.toFault() } satisfies HeaderResult)
}

/** What a DICOMDIR refers to; nothing where its records are damaged, which is no reason to stop the others. */
function referencesOf(path: string): string[][] | undefined {
  try {
    return readDirectory(path) ?? undefined
  } catch {
    return undefined
  }
}

/** A frame that can be handed to another thread; samples that lie within a larger buffer are cut out first. */
export function handOver(frame: Frame): Handed<Frame> {
  const whole = frame.data.byteLength === frame.data.buffer.byteLength
  const data = whole ? frame.data : frame.data.slice()
  const { buffer } = data
  return { value: { ...frame, data }, transfer: buffer instanceof ArrayBuffer ? [buffer] : [] }
}
