import { join } from 'node:path'
import { BrowserWindow } from 'electron'
import { appOrigin } from './scheme'
import { readWindowState, writeWindowState } from './window-state'

/** The one window, where it was last time; shown when its first picture is ready. */
export function createWindow(dataFolder: string): BrowserWindow {
  const stateFile = join(dataFolder, 'window.json')
  const { maximized, ...bounds } = readWindowState(stateFile)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: '#0b0e12',
    title: 'Lepton Studio',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
  })
  void window.loadURL(`${appOrigin}/`)
  return window
}
