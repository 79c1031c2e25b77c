import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { DesktopBridge } from '#shared/contract/desktop-bridge'
import { channels } from './channels'

const bridge: DesktopBridge = {
  platform: process.platform,
  openPaths: (kind) => ipcRenderer.invoke(channels.openPaths, kind),
  // the one DOM type here: shared code knows no DOM, so the contract takes it as unknown
  pathForFile: (file) => webUtils.getPathForFile(file as File),
  chooseFolder: () => ipcRenderer.invoke(channels.chooseFolder),
  onOpenPaths(listener) {
    const receive = (_event: unknown, paths: string[]) => listener(paths)
    ipcRenderer.on(channels.paths, receive)
    void ipcRenderer.invoke(channels.listening).then((waiting: string[]) => {
      if (waiting.length > 0) listener(waiting)
    })
    return () => ipcRenderer.off(channels.paths, receive)
  },
  onMenu(listener) {
    const receive = (_event: unknown, command: string) => listener(command)
    ipcRenderer.on(channels.menu, receive)
    return () => ipcRenderer.off(channels.menu, receive)
  },
  reveal: (path) => ipcRenderer.invoke(channels.reveal, path),
}

contextBridge.exposeInMainWorld('lepton', bridge)
