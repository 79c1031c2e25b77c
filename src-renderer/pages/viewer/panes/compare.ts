import { client } from '#renderer/app/api'
import { toastError } from '#renderer/app/toast'
import { place, usePanes } from '#renderer/viewer/state/panes'
import type { SeriesCard } from '#shared/contract/library'

/** The series most like another one: of its modality first, then by name and body part, then by size. */
export function likest(series: SeriesCard, among: readonly SeriesCard[]): SeriesCard | null {
  const likeness = (other: SeriesCard) =>
    Number(other.modality === series.modality) * 8 +
    Number(other.description !== '' && other.description === series.description) * 4 +
    Number(other.bodyPart !== null && other.bodyPart === series.bodyPart) * 2 +
    Math.min(other.imageCount, series.imageCount) / Math.max(other.imageCount, series.imageCount, 1)
  return [...among].sort((left, right) => likeness(right) - likeness(left))[0] ?? null
}

/** Puts another study beside the open series: its likest series, in the pane that is not active. */
export async function compareWith(studyId: number): Promise<void> {
  const { layout, active, contents } = usePanes.getState()
  const here = contents[active]
  if (!here || here.studyId === studyId || contents.some((content) => content?.studyId === studyId)) return
  try {
    const [mine, others] = await Promise.all([
      client.library.study({ studyId: here.studyId }),
      client.library.study({ studyId }),
    ])
    const series = mine.series.find(({ id }) => id === here.seriesId)
    const like = series && likest(series, others.series)
    if (!like) return
    if (layout === '1x1') usePanes.setState({ layout: '1x2' })
    place(active === 0 ? 1 : 0, { studyId, seriesId: like.id })
  } catch (error) {
    toastError(error)
  }
}
