import { app, session } from 'electron'
import { appOrigin } from './scheme'

/** What no page may do here: leave the app, open windows, embed web views, ask for permissions, reach the network. */
export function lockDown(): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwn(event.url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => {
      if (!isOwn(event.url)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
  void app.whenReady().then(() => {
    session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
    session.defaultSession.setPermissionCheckHandler(() => false)
    session.defaultSession.setDevicePermissionHandler(() => false)
    session.defaultSession.webRequest.onBeforeRequest((details, answer) => {
      answer({ cancel: !isOwn(details.url) && !isLocal(details.url) })
    })
  })
}

const isOwn = (url: string) => url === appOrigin || url.startsWith(`${appOrigin}/`)
const isLocal = (url: string) => /^(blob|data|devtools):/.test(url)
