import { existsSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { type BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, shell } from 'electron'
import { z } from 'zod'
import { channels } from './channels'
import { appOrigin } from './scheme'

interface Bridge {
  /** Hands paths from the system to the window; kept until the window listens. */
  open(paths: readonly string[]): void
  /** Hands a menu command to the window. */
  command(name: string): void
}

/** The main side of `window.lepton`: every call is checked for its sender and its arguments. */
export function createBridge(window: BrowserWindow): Bridge {
  const waiting: string[] = []
  let listening = false

  handle(channels.openPaths, z.enum(['files', 'folder']), async (kind) => {
    const properties: ('openFile' | 'openDirectory' | 'multiSelections')[] =
      kind === 'folder' ? ['openDirectory', 'multiSelections'] : ['openFile', 'multiSelections']
    const { filePaths } = await dialog.showOpenDialog(window, { properties })
    return filePaths
  })
  handle(channels.chooseFolder, z.undefined(), async () => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openDirectory', 'createDirectory'],
    })
    return filePaths[0] ?? null
  })
  handle(channels.reveal, z.string().min(1).max(4096), async (path) => {
    if (isAbsolute(path) && existsSync(path)) shell.showItemInFolder(path)
  })
  handle(channels.listening, z.undefined(), async () => {
    listening = true
    return waiting.splice(0)
  })

  return {
    open(paths) {
      if (paths.length === 0) return
      if (listening) window.webContents.send(channels.paths, [...paths])
      else waiting.push(...paths)
    },
    command(name) {
      window.webContents.send(channels.menu, name)
    },
  }
}

function handle<T>(channel: string, schema: z.ZodType<T>, answer: (argument: T) => Promise<unknown>): void {
  ipcMain.handle(channel, async (event: IpcMainInvokeEvent, argument: unknown) => {
    const sender = event.senderFrame
    if (!sender || sender.parent !== null || !sender.url.startsWith(`${appOrigin}/`)) {
      throw new Error(`${channel}: refused, the sender is not the app's window`)
    }
    return answer(schema.parse(argument))
  })
}
