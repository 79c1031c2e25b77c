import type { ParsedObject } from '#main/imaging/dicom/parse'
import { encodeText, type Written } from './encode'
import { burnedInText } from './risks'
import { vrIn } from './statement'

const BURNED_IN_ANNOTATION = 0x00280301

/** Burned In Annotation: NO where the pixels were looked through and covered, YES where text is known to be left. */
export function burnedInAnnotation(
  { dataset, pixels }: ParsedObject,
  looked: boolean,
  left: boolean,
): Written[] {
  const clean = looked && !left
  if (pixels === null || (!clean && burnedInText(dataset) !== 'stated')) return []
  const { encoding } = dataset
  const bytes = encodeText(BURNED_IN_ANNOTATION, vrIn(encoding, 'CS'), clean ? 'NO' : 'YES', encoding)
  return [{ tag: BURNED_IN_ANNOTATION, bytes }]
}
