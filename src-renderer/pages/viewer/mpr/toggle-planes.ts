import { usePanes } from '#renderer/viewer/state/panes'
import { useViewer } from '#renderer/viewer/state/viewer-store'

/** Goes from slices to planes and back; in planes the hand holds the crosshair. */
export function togglePlanes(): void {
  const { planes } = usePanes.getState()
  if (!planes && useViewer.getState().count < 2) return
  useViewer.setState({ tool: planes ? 'window' : 'crosshair' })
  usePanes.setState({ planes: !planes })
}
