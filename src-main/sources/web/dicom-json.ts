import { z } from 'zod'
import { LeptonError } from '#shared/domain/fault'

const value = z.union([z.string(), z.number(), z.null(), z.record(z.string(), z.unknown())])
const attribute = z.looseObject({ Value: z.array(value).optional() })

/** An object of the DICOM JSON Model (PS3.18, annex F): attributes by tag, eight hexadecimal digits. */
const dicomObject = z.record(z.string(), attribute)
export type DicomObject = z.infer<typeof dicomObject>

/** @throws SOURCE_ANSWER_INVALID */
export function parseObjects(text: string): DicomObject[] {
  if (text.trim() === '') return []
  try {
    return z.array(dicomObject).parse(JSON.parse(text))
  } catch (cause) {
    throw notDicomJson(cause)
  }
}

/** @throws SOURCE_ANSWER_INVALID */
export function parseObject(text: string): DicomObject {
  try {
    return dicomObject.parse(JSON.parse(text))
  } catch (cause) {
    throw notDicomJson(cause)
  }
}

/** All values of an attribute as texts; of a person name the alphabetic group, else the ideographic one. */
export function textsOf(object: DicomObject, tag: string): string[] {
  return (object[tag]?.Value ?? []).flatMap((one) => {
    if (one === null) return []
    if (typeof one !== 'object') return [String(one).trim()]
    const groups = [one.Alphabetic, one.Ideographic, one.Phonetic].filter(
      (group) => typeof group === 'string',
    )
    return groups.length > 0 ? [groups.join('=')] : []
  })
}

export const textOf = (object: DicomObject, tag: string): string | null => textsOf(object, tag)[0] || null

export function numberOf(object: DicomObject, tag: string): number | null {
  const text = textOf(object, tag)
  const number = text === null ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}

/** The items of a sequence. */
export function itemsOf(object: DicomObject, tag: string): DicomObject[] {
  return (object[tag]?.Value ?? []).flatMap((one) => {
    const parsed = dicomObject.safeParse(one)
    return parsed.success ? [parsed.data] : []
  })
}

const notDicomJson = (cause: unknown) =>
  new LeptonError('SOURCE_ANSWER_INVALID', {
    expected: 'a list in the DICOM JSON model',
    received: 'something else',
    remedy: 'Check the address: it is the part before /studies, often ending in /dicom-web.',
    cause,
  })
