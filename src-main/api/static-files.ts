import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
}

/**
 * Serves the built renderer. The files are listed once at the start, so that a request can only ever name one
 * of them; any other path that does not end like a file is a screen of the app and gets index.html.
 */
export function staticFiles(folder: string): (path: string) => Response | null {
  const known = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    known.set(`/${relative(folder, file).split(sep).join('/')}`, file)
  }
  return (path) => {
    const file = known.get(path) ?? (extname(path) in types ? undefined : known.get('/index.html'))
    if (!file) return null
    const hashed = path.startsWith('/assets/')
    return new Response(readFileSync(file), {
      headers: {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    })
  }
}
