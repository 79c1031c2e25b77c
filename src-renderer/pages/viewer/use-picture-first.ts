import { useEffect, useState } from 'react'
import { useViewer } from '#renderer/viewer/state/viewer-store'

/** Milliseconds after which the tools come although no picture has. */
const PATIENCE = 1_500

/**
 * Whether the first picture is on the screen, or will not be soon. Until then the places of tools and panels are
 * kept empty, for making them would hold the picture back.
 */
export function usePictureFirst(): boolean {
  const shown = useViewer((state) => state.drawn !== null || state.failed !== null)
  const [begun, setBegun] = useState(false)
  if (shown && !begun) setBegun(true)
  useEffect(() => {
    const timer = setTimeout(() => setBegun(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [])
  return begun
}
