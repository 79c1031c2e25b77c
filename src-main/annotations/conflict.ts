import type { Annotation } from '#shared/domain/annotation/annotation'
import { LeptonError } from '#shared/domain/fault'
import type { AnnotationStore } from './store'

/** The same but for the count and the time of changes. */
export function sameContent(left: Annotation | null, right: Annotation | null): boolean {
  if (!left || !right) return left === right
  const content = (one: Annotation) => JSON.stringify({ ...one, revision: 0, updatedAt: '' })
  return content(left) === content(right)
}

/** Says who changed an annotation that somebody else is about to change. */
export function changedByOther(store: AnnotationStore, id: string, before: Annotation | null): LeptonError {
  const last = store.lastChange(id)
  const name = `annotation ${id}${before ? ` (${before.label})` : ''}`
  const now = store.find(id) ? 'revision' : 'taken away with revision'
  return new LeptonError('ANNOTATION_CHANGED', {
    expected: before ? `${name} at revision ${before.revision}` : `no ${name}`,
    received: last
      ? `${now} ${last.revision}: ${last.kind}${last.how === 'done' ? '' : ` ${last.how}`} by ${last.reader} at ${last.changed_at}`
      : 'no such annotation',
    remedy: 'Look at it as it is now, and do your change again if it is still wanted.',
  })
}
