import { createContext, type ReactNode, useContext } from 'react'
import { AnnotationsPanel } from './annotations-panel'
import { useWorking, type Working, type WorkingSeries } from './desk'
import { DrawingTools } from './drawing-tools'
import { useAnnotateKeys } from './use-annotate-keys'

const Context = createContext<Working | null>(null)

/** What is worked on, for the parts of the page that speak of it; null outside of a series. */
export const useAnnotating = () => useContext(Context)

/** Takes the series of the active pane into work: keys, tools and panels are about it. */
export function Annotating({ series, children }: { series: WorkingSeries | null; children: ReactNode }) {
  const working = useWorking(series)
  return (
    <Context value={working}>
      {children}
      {working && <AnnotateKeys working={working} />}
    </Context>
  )
}

function AnnotateKeys({ working }: { working: Working }) {
  useAnnotateKeys(working)
  return null
}

/** The tools at the left of the picture; their place is kept until there is something to draw on. */
export function AnnotatingTools() {
  const working = useAnnotating()
  return <DrawingTools labels={working?.labels ?? null} />
}

/** What readers said, in the side panel. */
export function AnnotatingPanel() {
  const working = useAnnotating()
  return working && <AnnotationsPanel working={working} />
}
