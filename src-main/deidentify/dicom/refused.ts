import type { ParsedObject } from '#main/imaging/dicom/parse'
import { Tag } from '#main/imaging/dicom/tags'
import { LeptonError } from '#shared/domain/fault'

const ROOT = '1.2.840.10008.'
/** Classes whose contents cannot be cleaned element by element. */
const refused: [prefix: string, what: string][] = [
  ['1.3.10', 'a media directory, which lists patients and files'],
  ['5.1.4.1.1.104.', 'a document as a whole (PDF, CDA, model), which may name anyone anywhere'],
  ['5.1.4.1.1.9.4.', 'a recorded voice'],
]

/** Throws NOT_DEIDENTIFIABLE for objects that no profile of attributes can make safe. */
export function refuseWhatCannotBeCleaned({ dataset, mediaSopClass }: ParsedObject): void {
  const sopClass = dataset.code(Tag.SOPClassUID) ?? mediaSopClass ?? ''
  const found = refused.find(([prefix]) => sopClass.startsWith(ROOT + prefix))
  if (found === undefined) return
  throw new LeptonError('NOT_DEIDENTIFIABLE', {
    expected: 'images, segmentations, structure sets, plans or reports',
    received: found[1],
    remedy: 'Leave it out.',
  })
}
