import type { Decision } from '#shared/contract/annotations'
import type { AnnotationAction } from '#shared/domain/annotation/annotation'

export type Step =
  | { kind: 'action'; studyId: number; action: AnnotationAction }
  | { kind: 'decision'; studyId: number; decision: Decision }
  | { kind: 'undo' | 'redo'; studyId: number; reader: string }

/** Steps in the order in which they were taken; the first one is on its way. */
export const pending: { steps: readonly Step[] } = { steps: [] }

/** Whether an action of this window on an annotation has not been answered: what others say of it must wait. */
export function isPending(annotationId: string): boolean {
  return pending.steps.some(
    (step) =>
      step.kind === 'action' &&
      step.action.changes.some(({ before, after }) => (after ?? before)?.id === annotationId),
  )
}
