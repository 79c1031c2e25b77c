// Builds the app and opens it: in Electron where its binary can be had, else in the browser shell.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const node = process.execPath

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 22) {
  console.error(
    `Lepton Studio needs Node 22 or newer to run; this is ${process.version}. Start it with "npm start", which uses the Node that "npm ci" installed.`,
  )
  process.exit(1)
}

const build = spawnSync(
  node,
  [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
  {
    cwd: root,
    stdio: 'inherit',
  },
)
if (build.status !== 0) process.exit(build.status ?? 1)

const { electron, obstacle } = findElectron()
if (electron) {
  run(electron, [root, ...process.argv.slice(2)])
} else {
  console.log(`${obstacle} The same app is served to the browser instead.`)
  run(node, [join(root, 'out/main/cli.js'), 'serve', '--open', ...process.argv.slice(2)])
}

/** Path of a working Electron, downloaded at its first use, or why there is none. */
function findElectron() {
  if (process.env.LEPTON_SHELL === 'server') return { obstacle: 'The browser shell was asked for.' }
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return { obstacle: 'This computer has no display for Electron’s window.' }
  }
  const require = createRequire(import.meta.url)
  const installer = join(dirname(require.resolve('electron/package.json')), 'install.js')
  const installed = spawnSync(node, [installer], { stdio: 'ignore', timeout: 300_000 })
  const path = installed.status === 0 ? require('electron') : ''
  if (typeof path === 'string' && existsSync(path)) return { electron: path }
  return { obstacle: 'Electron’s binary is not on this computer and could not be downloaded.' }
}

function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => process.exit(code ?? 0))
}
