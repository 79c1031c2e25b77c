import { type ComponentType, lazy, useState } from 'react'

let loaded: ComponentType | null = null

async function load() {
  const page = await import('#renderer/pages/viewer/viewer-page')
  loaded = page.default
  return page
}

const Later = lazy(load)

/** Fetches the viewer's bundle before it is asked for. */
export const preloadViewer = async (): Promise<void> => void (await load())

/**
 * The viewer, shown without a detour once its bundle is there. `lazy` alone suspends even then, and React holds
 * what follows a suspension back for 300 ms.
 */
export function Viewer() {
  const [Page] = useState<ComponentType>(() => loaded ?? Later)
  return <Page />
}
