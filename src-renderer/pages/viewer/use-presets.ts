import { useMemo } from 'react'
import { automaticWindow } from '#renderer/viewer/display/initial-greys'
import { type Preset, presetsFor } from '#renderer/viewer/display/presets'
import { useViewer } from '#renderer/viewer/state/viewer-store'

/** The windows that suit the picture on the screen. */
export function usePresets(modality: string | null): readonly Preset[] {
  const frame = useViewer((state) => state.drawn?.frame)
  return useMemo(
    () => (frame ? presetsFor(modality, frame.samples === 3, frame.windows[0], automaticWindow(frame)) : []),
    [frame, modality],
  )
}
