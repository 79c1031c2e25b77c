import { useMemo } from 'react'
import { useSettings } from '#renderer/app/settings'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesImage } from '#shared/contract/library'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { useAnnotations } from '../state/annotations'
import type { Desk } from '../state/commands'
import { useHand } from '../state/hand'
import { type Labels, useLabels } from '../state/labels'

export interface WorkingSeries {
  studyId: number
  seriesId: number
  photographs: boolean
  images: readonly SeriesImage[]
}

export interface Working extends WorkingSeries {
  labels: Labels
  reader: string
  /** Where the active pane draws; null before its first picture. */
  desk: Desk | null
  /** Of this series, or of a photograph alone; and tags of the study. */
  annotations: readonly Annotation[]
}

const noImages: readonly SeriesImage[] = []

/** What the panels and keys of annotation speak of: the series of the active pane. */
export function useWorking(series: WorkingSeries | null): Working | null {
  const { studyId = 0, seriesId = 0, photographs = false, images = noImages } = series ?? {}
  const reader = useSettings()?.reader ?? ''
  const labels = useLabels(photographs)
  const byImage = useAnnotations((state) => state.byImage)
  const image = useViewer((state) => state.drawn?.image)
  const annotations = useMemo(() => {
    const ids = photographs ? (image ? [image.id] : []) : images.map(({ id }) => id)
    const ofStudy = (byImage.get(null) ?? []).filter((one) => one.studyId === studyId)
    return [...ofStudy, ...ids.flatMap((id) => byImage.get(id) ?? [])].filter(
      ({ state }) => state !== 'rejected',
    )
  }, [byImage, image, images, photographs, studyId])
  return useMemo(() => {
    if (!series) return null
    const here = image && images.some(({ id }) => id === image.id)
    const desk =
      here && reader
        ? { studyId, seriesId, reader, image: { id: image.id, rows: image.rows, columns: image.columns } }
        : null
    return { ...series, labels, reader, desk, annotations }
  }, [series, studyId, seriesId, images, labels, reader, image, annotations])
}

/** The annotations of what is selected: of this image, and of the whole objects. */
export function selectedOf({ annotations, desk }: Pick<Working, 'annotations' | 'desk'>) {
  const { selected } = useHand.getState()
  const whole = annotations.filter(({ objectId }) => selected.has(objectId))
  return { whole, here: whole.filter(({ imageId }) => imageId === desk?.image.id) }
}
