/** Marks, once, the moment from which the app can be used: its first list is on the screen. */
export function markReady(): void {
  if (performance.getEntriesByName('lepton-ready').length > 0) return
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('lepton-ready')))
}
