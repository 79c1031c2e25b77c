import { protocol } from 'electron'

/** The app's own origin; file:// is never used. */
export const appOrigin = 'lepton://app'

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'lepton',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/** Answers every request of the window with the app's handler; another host of the scheme does not exist. */
export function mountApp(handler: (request: Request) => Promise<Response>): void {
  protocol.handle('lepton', async (request) => {
    if (new URL(request.url).host !== 'app') return new Response(null, { status: 404 })
    return handler(request)
  })
}
