/**
 * What the desktop shell can do and a browser cannot; the preload script puts it at `window.lepton`.
 * Absent in the browser shell.
 */
export interface DesktopBridge {
  /** Node's `process.platform`. */
  platform: string
  /** Native dialog; absolute paths, empty when the person cancelled. */
  openPaths(kind: 'files' | 'folder'): Promise<string[]>
  /** Absolute path of a DOM `File` that was dropped or picked; empty where it has none. */
  pathForFile(file: unknown): string
  /** Native dialog for an output folder; null when the person cancelled. */
  chooseFolder(): Promise<string | null>
  /** Paths handed over by the system (command line, file association, second instance). Returns the way to stop. */
  onOpenPaths(listener: (paths: string[]) => void): () => void
  /** Commands of the native menu: `open-folder`, `open-files`, `settings`, `shortcuts`. Returns the way to stop. */
  onMenu(listener: (command: string) => void): () => void
  /** Shows a file or folder in the system's file manager. */
  reveal(path: string): Promise<void>
}
