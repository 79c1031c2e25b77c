// A small stand-in for the parts of Electron that the desktop shell uses. It runs the built main bundle in Node,
// serves the app's own scheme over loopback to a Chromium driven by the test, and relays messages between the
// built preload and main. It proves the project's code, not Electron's.
import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'

const tell = (event, details = {}) => process.send?.({ event, ...details })
const userData = process.env.STAND_IN_USER_DATA

class App extends EventEmitter {
  requestSingleInstanceLock() {
    return true
  }
  async whenReady() {}
  enableSandbox() {
    this.sandboxed = true
  }
  getPath(name) {
    if (name !== 'userData') throw new Error(`stand-in: no path ${name}`)
    return userData
  }
  getLocale() {
    return 'en-GB'
  }
  getVersion() {
    return process.env.npm_package_version ?? '0.0.0'
  }
  quit() {
    let held = false
    this.emit('before-quit', { preventDefault: () => (held = true) })
    if (!held) process.exit(0)
  }
}
export const app = new App()

let schemes = []
const handlers = new Map()
export const protocol = {
  registerSchemesAsPrivileged: (list) => {
    schemes = list
  },
  handle: (scheme, handler) => handlers.set(scheme, handler),
}

const decisions = {}
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler) => (decisions.request = handler),
    setPermissionCheckHandler: (handler) => (decisions.check = handler),
    setDevicePermissionHandler: (handler) => (decisions.device = handler),
    webRequest: { onBeforeRequest: (handler) => (decisions.beforeRequest = handler) },
  },
}

const invocations = new Map()
export const ipcMain = { handle: (channel, handler) => invocations.set(channel, handler) }

let dialogAnswer = []
export const dialog = {
  showOpenDialog: async (_window, options) => {
    tell('dialog', { options })
    return { canceled: dialogAnswer.length === 0, filePaths: dialogAnswer }
  },
}
export const shell = { showItemInFolder: (path) => tell('reveal', { path }) }
export const Menu = {
  buildFromTemplate: (template) => template,
  setApplicationMenu: (template) => tell('menu', { labels: template.map((item) => item.label) }),
}

/** Serves lepton://app over loopback, streaming bodies both ways. */
async function bridge() {
  const server = createServer(async (asked, answer) => {
    const body = asked.method === 'GET' || asked.method === 'HEAD' ? undefined : Readable.toWeb(asked)
    const aborted = new AbortController()
    answer.on('close', () => aborted.abort())
    const response = await handlers.get('lepton')(
      new Request(`lepton://app${asked.url}`, {
        method: asked.method,
        headers: Object.entries(asked.headers).filter(([name]) => name !== 'host' && name !== 'origin'),
        body,
        duplex: 'half',
        signal: aborted.signal,
      }),
    )
    answer.writeHead(response.status, Object.fromEntries(response.headers))
    if (!response.body) return answer.end()
    Readable.fromWeb(response.body)
      .on('error', () => answer.destroy())
      .pipe(answer)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server.address().port
}

export class BrowserWindow extends EventEmitter {
  constructor(options) {
    super()
    this.options = options
    this.webContents = Object.assign(new EventEmitter(), {
      send: (channel, ...args) => tell('send', { channel, args }),
      setWindowOpenHandler: (handler) => (this.openHandler = handler),
    })
    app.emit('web-contents-created', {}, this.webContents)
  }
  maximize() {}
  isMaximized() {
    return false
  }
  isMinimized() {
    return false
  }
  restore() {}
  focus() {}
  show() {}
  getNormalBounds() {
    return { x: 10, y: 20, width: this.options.width, height: this.options.height }
  }
  async loadURL(url) {
    const port = await bridge()
    const navigation = (target) => {
      let refused = false
      this.webContents.emit('will-navigate', { url: target, preventDefault: () => (refused = true) })
      return refused
    }
    tell('window', {
      url,
      port,
      schemes,
      sandboxed: app.sandboxed === true,
      preload: pathToFileURL(this.options.webPreferences.preload).href,
      webPreferences: this.options.webPreferences,
      refused: {
        navigation: navigation('https://example.com/'),
        ownNavigation: navigation('lepton://app/models'),
        window: this.openHandler({ url: 'https://example.com/' }).action === 'deny',
        permission: await new Promise((resolve) =>
          decisions.request(null, 'media', (allowed) => resolve(!allowed)),
        ),
        network: await new Promise((resolve) =>
          decisions.beforeRequest({ url: 'https://example.com/' }, ({ cancel }) => resolve(cancel)),
        ),
      },
    })
    this.emit('ready-to-show')
  }
}

export const utilityProcess = {
  fork(entry, args) {
    const child = fork(entry, args, { serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    return Object.assign(child, { postMessage: (message) => child.send(message) })
  },
}

process.on('message', async (message) => {
  if (message.type === 'dialog-answer') dialogAnswer = message.paths
  if (message.type === 'open-file') app.emit('open-file', { preventDefault() {} }, message.path)
  if (message.type === 'close') {
    app.emit('window-all-closed')
  }
  if (message.type === 'invoke') {
    const { id, channel, argument, from } = message
    try {
      const handler = invocations.get(channel)
      if (!handler) throw new Error(`No handler for ${channel}`)
      const result = await handler({ senderFrame: { parent: null, url: from } }, argument)
      tell('result', { id, result })
    } catch (error) {
      tell('result', { id, error: String(error) })
    }
  }
})
