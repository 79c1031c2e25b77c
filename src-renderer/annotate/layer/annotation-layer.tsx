import { useEffect, useRef } from 'react'
import { useSettings } from '#renderer/app/settings'
import type { Viewer } from '#renderer/viewer/state/viewer'
import { useLabels } from '../state/labels'
import { useMeasureText } from '../state/measure-text'
import { type Fed, useFeed } from '../sync/use-feed'
import classes from './annotation-layer.module.css'
import { listenToHands } from './hands'
import { AnnotationLayer as Layer, type LayerPlace } from './layer'

/** What readers drew, exactly over the picture of a pane; and the hand that draws. */
export function AnnotationLayer({ viewer, ...fed }: Fed & { viewer: Viewer }) {
  const base = useRef<HTMLCanvasElement>(null)
  const draft = useRef<HTMLCanvasElement>(null)
  const ring = useRef<HTMLDivElement>(null)
  const layer = useRef<Layer>(null)
  const place = useRef<LayerPlace>(null)
  useFeed(viewer, fed)

  const reader = useSettings()?.reader
  const labels = useLabels(fed.photographs, true)
  const measureText = useMeasureText()
  const { studyId, seriesId, photographs } = fed
  useEffect(() => {
    place.current = {
      desk: ({ image, frame }) =>
        reader
          ? { studyId, seriesId, reader, image: { id: image.id, rows: frame.rows, columns: frame.columns } }
          : null,
      stack: () => !photographs,
      label: () => labels.current?.key ?? 'lesion',
      colourOf: labels.colourOf,
      nameOf: labels.nameOf,
      measureText: (shape, { image, frame }) =>
        measureText(shape, image.geometry ? image.geometry.spacing : frame.spacing),
    }
    layer.current?.drop()
  }, [studyId, seriesId, photographs, reader, labels, measureText])

  useEffect(() => {
    const element = base.current?.parentElement
    if (!element || !base.current || !draft.current || !ring.current) return
    const asked = () => {
      if (!place.current) throw new Error('the layer was asked before it was placed')
      return place.current
    }
    const made = new Layer(
      viewer,
      { base: base.current, draft: draft.current },
      {
        desk: (drawn) => asked().desk(drawn),
        stack: () => asked().stack(),
        label: () => asked().label(),
        colourOf: (label) => asked().colourOf(label),
        nameOf: (label) => asked().nameOf(label),
        measureText: (shape, drawn) => asked().measureText(shape, drawn),
      },
    )
    layer.current = made
    const release = listenToHands(element, ring.current, made)
    return () => {
      release()
      made.close()
      layer.current = null
    }
  }, [viewer])

  return (
    <>
      <canvas ref={base} className={classes.canvas} data-testid="annotations" />
      <canvas ref={draft} className={classes.canvas} data-testid="annotation-draft" />
      <div ref={ring} className={classes.ring} hidden />
    </>
  )
}
