import { skipToken, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { api } from '#renderer/app/api'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesCard, StudyCard } from '#shared/contract/library'
import { compareWith } from './compare'

const none: readonly SeriesCard[] = []
const noStudies: readonly StudyCard[] = []

/**
 * Other studies of the subject, and the series of the one that is unfolded; asked for once the first picture is on
 * the screen.
 */
export function useOtherStudies(studyId: number | null) {
  const shown = useViewer((state) => state.drawn !== null || state.failed !== null)
  const [unfolded, setUnfolded] = useState<number | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another study has other ones beside it
  useEffect(() => setUnfolded(null), [studyId])
  const studies = useQuery(
    api.library.otherStudies.queryOptions({ input: shown && studyId !== null ? { studyId } : skipToken }),
  ).data
  const series = useQuery(
    api.library.study.queryOptions({ input: unfolded === null ? skipToken : { studyId: unfolded } }),
  ).data?.series

  const unfold = useCallback((id: number) => {
    setUnfolded((before) => (before === id ? null : id))
    void compareWith(id)
  }, [])
  return useMemo(
    () => ({
      studies: studies ?? noStudies,
      unfolded,
      unfold,
      seriesOf: (id: number) => (id === unfolded ? (series ?? none) : none),
    }),
    [studies, series, unfolded, unfold],
  )
}
