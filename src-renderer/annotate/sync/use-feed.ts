import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { api, client } from '#renderer/app/api'
import { useSettings } from '#renderer/app/settings'
import type { Viewer } from '#renderer/viewer/state/viewer'
import type { AnnotationChanges, Decided } from '#shared/contract/annotations'
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

  useEffect(() => onChanges((changes) => noteDecisions(queries, changes)), [queries])
}

/** Keeps what is known of decisions in step, without asking for all of them again. */
function noteDecisions(queries: QueryClient, { annotations, removed }: AnnotationChanges): void {
  const changed = new Set([...removed, ...annotations.map(({ id }) => id)])
  for (const [key, known] of queries.getQueriesData<Decided[]>({ queryKey: api.annotations.decided.key() })) {
    if (!known) continue
    const kept = known.filter(({ annotationId }) => !changed.has(annotationId))
    const found = annotations.flatMap(
      ({ id, imageId, origin, objectId, reader, label, state, note }): Decided[] => {
        if (!origin) return []
        const { findingId, said: called } = origin
        const said = called === undefined || imageId === null ? null : { imageId, label: called }
        return [{ findingId, said, annotationId: id, objectId, reader, label, state, note }]
      },
    )
    if (found.length > 0 || kept.length < known.length)
      queries.setQueryData<Decided[]>(key, [...kept, ...found])
  }
}
