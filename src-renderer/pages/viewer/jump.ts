import { goTo, useViewer } from '#renderer/viewer/state/viewer-store'
import type { Lesion } from '#shared/domain/finding'

/** The lesion whose key slice comes next in the given direction, going round at the ends. */
export function nextLesion(lesions: readonly Lesion[], slice: number, direction: 1 | -1): Lesion | undefined {
  const inOrder = [...lesions].sort((left, right) => direction * (left.keySlice - right.keySlice))
  return inOrder.find((lesion) => direction * (lesion.keySlice - slice) > 0) ?? inOrder[0]
}

/** Shows the key slice of the next or previous lesion. */
export function jumpToLesion(lesions: readonly Lesion[], direction: 1 | -1): void {
  const lesion = nextLesion(lesions, useViewer.getState().index + 1, direction)
  if (lesion) goTo(lesion.keySlice - 1)
}
