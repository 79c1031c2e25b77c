/** Fetches, compiles and starts the viewer with Cornerstone; to be called while the library is idle. */
export async function warmViewer(): Promise<void> {
  const [{ start }] = await Promise.all([import('#renderer/viewer/stack/start'), import('./viewer-page')])
  start()
}
