import { randomUUID } from 'node:crypto'
import type { Annotations } from '#main/annotations/types'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'

/**
 * Takes an object of another reader over as one's own, in the place of one's own version of it: the annotation keeps
 * where it came from, and its note says whose it was.
 */
export function settleDifference(
  annotations: Pick<Annotations, 'forStudy' | 'apply'>,
  { studyId, reader, objectId, id }: { studyId: number; reader: string; objectId: string; id: string },
): number {
  const study = annotations.forStudy(studyId, { rejected: false })
  const said = [...study.tags, ...study.images.flatMap((image) => image.annotations)]
  const taken = said.filter((one) => one.objectId === objectId && one.reader !== reader)
  if (taken.length === 0) {
    throw new LeptonError('NOT_FOUND', {
      expected: 'an object of another reader',
      received: `object ${objectId}`,
    })
  }
  const own = randomUUID()
  annotations.apply({
    id,
    studyId,
    reader,
    kind: 'copy',
    changes: taken.map((one) => ({ before: null, after: copied(one, reader, own) })),
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
    note: one.note || one.reader,
    revision: 0,
    createdAt: now,
    updatedAt: now,
  }
}
