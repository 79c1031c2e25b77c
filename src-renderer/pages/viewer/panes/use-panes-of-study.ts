import { useEffect, useLayoutEffect } from 'react'
import { place, usePanes } from '#renderer/viewer/state/panes'
import { openStack } from '#renderer/viewer/state/viewer'
import type { useStudy } from '../use-study'
import { useHanging } from './use-hanging'

/** Keeps the active pane and the address in step: the address names its series where that is of this study. */
export function usePanesOfStudy(open: ReturnType<typeof useStudy>): void {
  const { studyId, series, openSeries } = open
  useHanging(open)
  const seriesId = series?.id
  const content = usePanes(({ contents, active }) => contents[active])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another study starts with one pane
  useLayoutEffect(() => {
    for (const { viewer } of usePanes.getState().panes) openStack(viewer, [], null, 0)
    usePanes.setState({ layout: '1x1', planes: false, active: 0, contents: [null, null, null, null] })
  }, [studyId])

  useLayoutEffect(() => {
    const { active, contents } = usePanes.getState()
    if (studyId !== null && seriesId !== undefined && contents[active]?.seriesId !== seriesId)
      place(active, { studyId, seriesId })
  }, [studyId, seriesId])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the pane shows changes the address
  useEffect(() => {
    if (!content || content.studyId !== studyId || seriesId === undefined || content.seriesId === seriesId)
      return
    openSeries(content.seriesId, { replace: usePanes.getState().layout !== '1x1' })
  }, [content])
}
