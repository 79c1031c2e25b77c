import { client } from './api'
import { queryClient } from './query-client'
import { preloadViewer } from './viewer-route'

/** Marks, once, the moment from which the app can be used: its first list is on the screen. */
export function markReady(): void {
  if (performance.getEntriesByName('lepton-ready').length > 0) return
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark('lepton-ready')
      // What cannot be had now is asked for, and its failure told, when the viewer is opened.
      requestIdleCallback(() => void warm().catch(() => undefined))
    }),
  )
}

/**
 * While a person looks at the list, the viewer is made ready: a click then shows its picture at once. The newest
 * study and its picture are fetched for that too, which starts the engine where it does not run yet.
 */
async function warm(): Promise<void> {
  const [{ beginReading }, { items }] = await Promise.all([
    import('#renderer/pages/viewer/begin-reading'),
    client.library.studies({ limit: 1 }),
    preloadViewer(),
  ])
  const [newest] = items
  if (newest) await beginReading(queryClient, newest.id, null, true)
}
