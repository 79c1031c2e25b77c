import { app } from 'electron'
import { dataFolder } from '../data-folder'
import { readLater } from '../models/read-later'
import { openStudio } from '../studio'
import { createBridge } from './bridge'
import { engineProcess } from './engine-process'
import { launchPaths } from './launch-paths'
import { lockDown } from './lock-down'
import { installMenu } from './menu'
import { declareScheme, mountApp } from './scheme'
import { createWindow } from './window'

declareScheme()
lockDown()

if (!app.requestSingleInstanceLock()) {
  app.quit()
} else {
  await start()
}

async function start(): Promise<void> {
  const waiting = launchPaths(process.argv, process.cwd())
  app.on('open-file', (event, path) => {
    event.preventDefault()
    waiting.push(path)
  })
  await app.whenReady()

  const studio = await openStudio({
    // the same library as the command line's, so that one can go on with the other's work
    dataFolder: dataFolder(undefined),
    shell: 'desktop',
    spawnEngine: engineProcess,
  })
  mountApp(studio.handler)
  await studio.intake.start()
  const window = createWindow(app.getPath('userData'))
  const bridge = createBridge(window)
  installMenu(app.getLocale(), bridge.command)
  bridge.open(waiting)
  const callOff = readLater(studio.models)

  app.on('open-file', (_event, path) => bridge.open([path]))
  app.on('second-instance', (_event, argv, folder) => {
    if (window.isMinimized()) window.restore()
    window.focus()
    bridge.open(launchPaths(argv, folder))
  })
  app.on('window-all-closed', () => app.quit())

  let closing = false
  app.on('before-quit', (event) => {
    if (closing) return
    closing = true
    event.preventDefault()
    callOff()
    void studio.close().finally(() => app.quit())
  })
}
