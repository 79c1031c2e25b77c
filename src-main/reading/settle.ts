import { randomUUID } from 'node:crypto'
import type { Annotations } from '#main/annotations/types'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'

/** An object of another reader, and one's own version of it; null where one saw nothing there. */
export interface Settlement {
  studyId: number
  reader: string
  objectId: string
  instead: string | null
  /** Of the action. */
  id: string
}

/**
 * Takes an object of another reader over as one's own, in the place of one's own version of it: the annotations keep
 * where they came from, and their notes say whose they were.
 * @returns on how many images it is
 * @throws NOT_FOUND
 */
export function settleDifference(
  annotations: Pick<Annotations, 'forStudy' | 'apply'>,
  { studyId, reader, objectId, instead, id }: Settlement,
): number {
  const study = annotations.forStudy(studyId, { rejected: false })
  const said = [...study.tags, ...study.images.flatMap((image) => image.annotations)]
  const taken = said.filter((one) => one.objectId === objectId && one.reader !== reader)
  if (taken.length === 0) {
    throw new LeptonError('NOT_FOUND', {
      expected: 'an object of another reader',
      received: `object ${objectId}`,
      remedy: 'Compare the readers again: somebody changed it meanwhile.',
    })
  }
  const replaced = said.filter((one) => one.objectId === instead && one.reader === reader)
  const own = instead ?? randomUUID()
  annotations.apply({
    id,
    studyId,
    reader,
    kind: 'copy',
    changes: [
      ...replaced.map((before) => ({ before, after: null })),
      ...taken.map((one) => ({ before: null, after: copied(one, reader, own) })),
    ],
  })
  return taken.length
}

function copied(one: Annotation, reader: string, objectId: string): Annotation {
  const now = new Date().toISOString()
  return {
    ...one,
    id: randomUUID(),
    objectId,
    reader,
    note: one.note ? `${one.note} (${one.reader})` : one.reader,
    revision: 0,
    createdAt: now,
    updatedAt: now,
  }
}
