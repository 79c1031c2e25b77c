import { skipToken, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { api } from '#renderer/app/api'
import { loadAhead } from '#renderer/viewer/stack/load-ahead'
import type { SeriesCard } from '#shared/contract/library'

const numberOf = (text: string | null | undefined): number | null =>
  text && /^\d+$/.test(text) ? Number(text) : null

/** Series whose images are pictures of their own, not slices of a body. */
export const isPhotographs = ({ modality, order }: SeriesCard) =>
  modality === 'PHOTO' || (modality === null && order !== 'position')

/** What a reader wants to see first: the series with lesions, else one that was scored, else any with images. */
const opened = (series: readonly SeriesCard[]): SeriesCard | undefined => {
  const filled = series.filter(({ imageCount }) => imageCount > 0)
  return filled.find(({ lesionCount }) => lesionCount > 0) ?? filled.find(({ scored }) => scored) ?? filled[0]
}

/** The study of the address, its series, and the images of the one that is open. */
export function useStudy() {
  const studyId = numberOf(useParams().studyId)
  const [search, setSearch] = useSearchParams()
  const wanted = numberOf(search.get('series'))
  const study = useQuery(
    api.library.study.queryOptions({ input: studyId === null ? skipToken : { studyId } }),
  )
  const list = study.data?.series
  const series = list?.find(({ id }) => id === wanted) ?? opened(list ?? []) ?? null
  const seriesId = series?.id
  const images = useQuery(
    api.library.seriesImages.queryOptions({ input: seriesId === undefined ? skipToken : { seriesId } }),
  )

  // The picture comes while the list of the others is still on its way.
  const cover = series?.coverImageId ?? null
  const atCover = !search.has('image')
  useEffect(() => {
    if (cover !== null && atCover) void loadAhead(cover)
  }, [cover, atCover])

  const start = useMemo(() => {
    const named = numberOf(search.get('image'))
    const covered = images.data?.find((image) => image.id === cover)?.ordinal
    return named ?? covered ?? 0
  }, [search, images.data, cover])

  return {
    studyId,
    study,
    series,
    images,
    start,
    runId: numberOf(search.get('run')),
    openSeries: (id: number) => setSearch({ series: String(id) }),
    openRun: (id: number) =>
      setSearch((before) => {
        const after = new URLSearchParams(before)
        after.set('run', String(id))
        return after
      }),
  }
}
