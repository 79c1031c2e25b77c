import { LeptonError } from '#shared/domain/fault'
import { dicomFormats, dicomReaders } from './dicom'
import { plainFormats } from './formats'
import { report } from './report'
import type { Format, ReadableFormat } from './types'

/** Every format, in the order of the lists a person chooses from. */
export const formats: readonly Format[] = [report, ...dicomFormats, ...plainFormats]

/** The formats of these ids, each once. @throws INPUT_INVALID */
export function formatsOf(ids: readonly string[]): Format[] {
  return [...new Set(ids)].map((id) => {
    const format = formats.find((one) => one.id === id)
    if (format) return format
    throw new LeptonError('INPUT_INVALID', {
      expected: `a format: ${formats.map((one) => one.id).join(', ')}`,
      received: id,
    })
  })
}

/** Every format that is read; those that say most of an annotation go first. */
export const readableFormats: readonly ReadableFormat[] = [
  ...dicomReaders,
  ...formats.flatMap(({ id, fileExtensions, read }) => (read ? { id, fileExtensions, read } : [])),
]
