import { preloadViewer } from './viewer-route'

/** Marks, once, the moment from which the app can be used: its first list is on the screen. */
export function markReady(): void {
  if (performance.getEntriesByName('lepton-ready').length > 0) return
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark('lepton-ready')
      requestIdleCallback(() => void warm())
    }),
  )
}

/** While a person looks at the list, the viewer is made ready: a click then shows its picture at once. */
async function warm(): Promise<void> {
  const [{ start }] = await Promise.all([import('#renderer/viewer/stack/start'), preloadViewer()])
  start()
}
