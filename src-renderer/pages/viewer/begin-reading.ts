import type { QueryClient } from '@tanstack/react-query'
import { api } from '#renderer/app/api'
import { loadAhead } from '#renderer/viewer/stack/load-ahead'
import type { SeriesCard, StudyCard } from '#shared/contract/library'

interface StudyDetail {
  study: StudyCard
  series: SeriesCard[]
}

/**
 * The series the address names, else what a reader wants to see first: one with lesions, one that was scored, the
 * one of the study's cover, any that holds images.
 */
export function seriesToOpen({ study, series }: StudyDetail, wanted: number | null): SeriesCard | null {
  const filled = series.filter(({ imageCount }) => imageCount > 0)
  return (
    series.find(({ id }) => id === wanted) ??
    filled.find(({ lesionCount }) => lesionCount > 0) ??
    filled.find(({ scored }) => scored) ??
    filled.find(({ coverImageId }) => coverImageId === study.coverImageId) ??
    filled[0] ??
    null
  )
}

/** Asks for a study, the images of the series it opens with, and its picture; answers are kept. */
export async function beginReading(
  queries: QueryClient,
  studyId: number,
  wanted: number | null,
  atCover: boolean,
): Promise<void> {
  const detail = await queries.fetchQuery(api.library.study.queryOptions({ input: { studyId } }))
  const series = seriesToOpen(detail, wanted)
  if (!series) return
  if (atCover && series.coverImageId !== null) void loadAhead(series.coverImageId)
  await queries.prefetchQuery(api.library.seriesImages.queryOptions({ input: { seriesId: series.id } }))
}
