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
  /** Where the active pane draws at this moment; null before its first picture. */
  desk: () => Desk | null
  /** Of this series, or of a photograph alone; and tags of the study. */
  annotations: readonly Annotation[]
}

const noImages: readonly SeriesImage[] = []

/** What the panels and keys of annotation speak of: the series of the active pane. */
export function useWorking(series: WorkingSeries | null): Working | null {
  const { studyId = 0, seriesId = 0, photographs = false, images = noImages } = series ?? {}
  const reader = useSettings()?.reader ?? ''
  const labels = useLabels(photographs, series !== null)
  const byImage = useAnnotations((state) => state.byImage)
  // a stack is worked on as a whole, whichever slice is shown
  const alone = useViewer((state) => (photographs ? state.drawn?.image.id : undefined))
  const annotations = useMemo(() => {
    const ids = photographs ? (alone === undefined ? [] : [alone]) : images.map(({ id }) => id)
    const ofStudy = (byImage.get(null) ?? []).filter((one) => one.studyId === studyId)
    return [...ofStudy, ...ids.flatMap((id) => byImage.get(id) ?? [])].filter(
      ({ state }) => state !== 'rejected',
    )
  }, [byImage, alone, images, photographs, studyId])
  return useMemo(() => {
    if (!series) return null
    const desk = () => {
      const image = useViewer.getState().drawn?.image
      if (!image || !reader || !images.some(({ id }) => id === image.id)) return null
      const { id, rows, columns } = image
      return { studyId, seriesId, reader, image: { id, rows, columns } }
    }
    return { ...series, labels, reader, desk, annotations }
  }, [series, studyId, seriesId, images, labels, reader, annotations])
}

/** Whether there is a picture to draw on, and a name to draw in. */
export const useDrawable = ({ reader }: Working): boolean => {
  const shown = useViewer((state) => state.drawn !== null)
  return shown && reader !== ''
}

/** The annotations of what is selected: of this image, and of the whole objects. */
export function selectedOf(working: Pick<Working, 'annotations' | 'desk'>) {
  const { selected } = useHand.getState()
  const desk = working.desk()
  const whole = working.annotations.filter(({ objectId }) => selected.has(objectId))
  return { whole, here: whole.filter(({ imageId }) => imageId === desk?.image.id), desk }
}
