#!/usr/bin/env node
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'

const NEEDED = 22

const root = fileURLToPath(new URL('..', import.meta.url))
const built = fileURLToPath(new URL('../out/main/cli.js', import.meta.url))
const require = createRequire(import.meta.url)

function find(request) {
  try {
    return require.resolve(request)
  } catch {
    return null
  }
}

function refuse(text) {
  console.error(text)
  process.exit(1)
}

/** The same command under the Node that comes with the app, signals and exit status passed on. */
function underBundledNode() {
  const manifest = find('node/package.json')
  const binary =
    manifest &&
    fileURLToPath(
      new URL(process.platform === 'win32' ? 'bin/node.exe' : 'bin/node', pathToFileURL(manifest)),
    )
  if (!binary || !existsSync(binary) || process.env.LEPTON_BUNDLED_NODE) {
    refuse(
      `Lepton Studio needs Node.js ${NEEDED} or newer; this is ${process.versions.node}. Run \`npm ci\`, or install a newer Node.js.`,
    )
  }
  const child = spawn(binary, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, LEPTON_BUNDLED_NODE: '1' },
  })
  // a terminal sends Ctrl-C to both; the child decides when to end
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('error', (error) => refuse(error.message))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

function build() {
  const builder = find('electron-vite/package.json')
  if (!builder) refuse('The app is not built and cannot be: run `npm ci` first.')
  console.error('Building Lepton Studio once …')
  const command = fileURLToPath(new URL('bin/electron-vite.js', pathToFileURL(builder)))
  const { status } = spawnSync(process.execPath, [command, 'build'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (status !== 0) refuse('The build failed; see above.')
}

if (Number.parseInt(process.versions.node, 10) < NEEDED) {
  underBundledNode()
} else {
  if (!existsSync(built)) build()
  // compiled code is kept beside the build, so that the next start need not compile it again
  process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../out/cache', import.meta.url))
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
  await import(pathToFileURL(built).href)
}
