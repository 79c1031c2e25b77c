import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { api, client } from '#renderer/app/api'
import { useSettings } from '#renderer/app/settings'
import type { Viewer } from '#renderer/viewer/state/viewer'
import type { SeriesImage } from '#shared/contract/library'
import { useAnnotations } from '../state/annotations'
import { follow, onChanges } from './follow'
import { forgetImages, loadAbout, loadSeries } from './load'

export interface Fed {
  studyId: number
  seriesId: number
  /** Photographs are read piece by piece, slices of a body all at once. */
  photographs: boolean
  images: readonly SeriesImage[] | undefined
}

/** Keeps the annotations of what a pane shows at hand and up to date. */
export function useFeed(viewer: Viewer, { studyId, seriesId, photographs, images }: Fed): void {
  const reader = useSettings()?.reader
  const queries = useQueryClient()
  const imageIds = useMemo(() => images?.map(({ id }) => id), [images])

  useEffect(() => {
    if (!imageIds) return
    let closed = false
    let stop: (() => void) | null = null
    const begin = (serial: number | null) => {
      if (!closed && serial !== null) stop ??= follow(studyId, serial)
    }
    const read = () =>
      photographs
        ? loadAbout(studyId, imageIds, viewer.getState().index).then(begin)
        : loadSeries(studyId, seriesId).then(begin)
    const again = (): Promise<void> =>
      read().catch(async () => {
        await new Promise((resolve) => setTimeout(resolve, 2_000))
        if (!closed) await again()
      })
    void again()
    const forget = photographs
      ? viewer.subscribe((now, before) => {
          if (now.index !== before.index) void read().catch(() => undefined)
        })
      : () => {}
    return () => {
      closed = true
      stop?.()
      forget()
      forgetImages(studyId)
    }
  }, [viewer, studyId, seriesId, photographs, imageIds])

  useEffect(() => {
    if (!reader) return
    let closed = false
    void client.annotations
      .undoable({ studyId, reader })
      .then((undoable) => {
        if (closed) return
        useAnnotations.setState((state) => ({ undoable: new Map(state.undoable).set(studyId, undoable) }))
      })
      .catch(() => undefined)
    return () => {
      closed = true
    }
  }, [studyId, reader])

  useEffect(
    () => onChanges(() => void queries.invalidateQueries({ queryKey: api.annotations.decided.key() })),
    [queries],
  )
}
