import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { api } from '#renderer/app/api'
import { loadAhead } from '#renderer/viewer/stack/load-ahead'
import type { SeriesCard, StudyCard } from '#shared/contract/library'
import { beginReading, seriesToOpen } from './begin-reading'

const numberOf = (text: string | null | undefined): number | null =>
  text && /^\d+$/.test(text) ? Number(text) : null

/** Series whose images are pictures of their own, not slices of a body. */
export const isPhotographs = ({ modality, order }: SeriesCard) =>
  modality === 'PHOTO' || (modality === null && order !== 'position')

/** The study of the address, its series, and the images of the one that is open. */
export function useStudy() {
  const studyId = numberOf(useParams().studyId)
  const [search, setSearch] = useSearchParams()
  const wanted = numberOf(search.get('series'))
  useBeginning(studyId, search)
  const study = useQuery(
    api.library.study.queryOptions({ input: studyId === null ? skipToken : { studyId } }),
  )
  const series = study.data ? seriesToOpen(study.data, wanted) : null
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

  return {
    studyId,
    study,
    series,
    images,
    /** Place in the stack that the address names. */
    image: numberOf(search.get('image')),
    runId: numberOf(search.get('run')),
    openSeries: (id: number, options: { replace?: boolean } = {}) =>
      setSearch({ series: String(id) }, options),
    openRun: (id: number) =>
      setSearch((before) => {
        const after = new URLSearchParams(before)
        after.set('run', String(id))
        return after
      }),
  }
}

/**
 * Asks for the study, its images, and the picture where the library has told which that is, while the page is
 * still being made: effects run only after the whole page was laid out. Answers are kept, so that asking twice
 * costs nothing; failures are told by those who ask again.
 */
function useBeginning(studyId: number | null, search: URLSearchParams): void {
  const queries = useQueryClient()
  useState(() => {
    if (studyId === null) return
    const atCover = !search.has('image')
    void beginReading(queries, studyId, numberOf(search.get('series')), atCover).catch(() => undefined)
    if (!atCover || search.has('series')) return
    const lists = queries.getQueriesData<{ items: StudyCard[] }>({ queryKey: api.library.studies.key() })
    const card = lists.flatMap(([, list]) => list?.items ?? []).find(({ id }) => id === studyId)
    if (card?.coverImageId != null) void loadAhead(card.coverImageId)
  })
}
