import { skipToken, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '#renderer/app/api'
import type { PaneContent } from '#renderer/viewer/state/panes'
import type { Viewer } from '#renderer/viewer/state/viewer'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesCard } from '#shared/contract/library'
import type { PresetName } from '#shared/domain/hanging-protocol'

/** The series that a pane shows, with its images. */
export function useSeries(content: PaneContent | null | undefined) {
  const study = useQuery(
    api.library.study.queryOptions({ input: content ? { studyId: content.studyId } : skipToken }),
  )
  const images = useQuery(
    api.library.seriesImages.queryOptions({ input: content ? { seriesId: content.seriesId } : skipToken }),
  )
  const series = study.data?.series.find(({ id }) => id === content?.seriesId) ?? null
  return { study: study.data?.study, series, images }
}

/** Tells a pane's state what only the header of its series knows. */
export function useHeaderFacts(viewer: Viewer, series: SeriesCard | null): void {
  const shown = useViewer((state) => state.drawn !== null)
  const cover = series?.coverImageId ?? null
  const header = useQuery(
    api.library.header.queryOptions({ input: shown && cover !== null ? { imageId: cover } : skipToken }),
  ).data
  const frameOfReference = header?.series.frameOfReference ?? null
  useEffect(() => {
    if (shown) viewer.setState({ frameOfReference })
  }, [viewer, shown, frameOfReference])
}

/** Begins with a window by its name, once the pictures have told which there are. */
export function usePreset(viewer: Viewer, name: PresetName | null): void {
  const presets = useViewer((state) => state.presets)
  useEffect(() => {
    const preset = presets.find((one) => one.name === name)
    if (preset && viewer.getState().window === null) viewer.setState({ window: preset.window })
  }, [viewer, presets, name])
}
