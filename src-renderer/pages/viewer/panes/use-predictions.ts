import { useEffect } from 'react'
import { Predictions } from '#renderer/viewer/overlay/predictions'
import type { Pane } from '#renderer/viewer/state/panes'
import type { useFindings } from '../use-findings'
import { useRunLabels } from '../use-run-labels'

/** Keeps what a run says of the series over the pane's picture. */
export function usePredictions(pane: Pane, found: ReturnType<typeof useFindings>): void {
  const { nameOf, colourOf } = useRunLabels(found.run)
  const result = found.findings.data
  useEffect(() => {
    const { viewer, predictions, handle } = pane
    const made = result
      ? new Predictions(viewer, result, { nameOf, colourOf }, () => handle.current?.redraw())
      : null
    predictions.current = made
    handle.current?.redraw()
    void made?.fetchAll(viewer.getState().index)
    return () => made?.close()
  }, [pane, result, nameOf, colourOf])
}
