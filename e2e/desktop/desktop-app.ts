import { fork } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, type Page } from '@playwright/test'
import { launchChromium } from '../fixtures/app'
import { root } from '../fixtures/paths'

const here = dirname(fileURLToPath(import.meta.url))

/** What the shell did when its window was made, as far as the stand-in can see it. */
export interface WindowFacts {
  sandboxed: boolean
  webPreferences: Record<string, unknown>
  refused: Record<'navigation' | 'ownNavigation' | 'window' | 'permission' | 'network', boolean>
}

export interface DesktopApp {
  /** `Electron …` or `stand-in`; printed by every test. */
  shell: string
  page: Page
  /** Null under real Electron. */
  facts: WindowFacts | null
  /** What the next native dialogs answer. */
  answerDialogs(paths: string[]): Promise<void>
  /** A call of the bridge as if it came from another page. */
  invokeFrom(url: string, channel: string, argument?: unknown): Promise<string>
  close(): Promise<void>
}

/** Electron's executable if this computer has it. */
export function electronBinary(): string | null {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const name = join(folder, 'path.txt')
  if (!existsSync(name)) return null
  const path = join(folder, 'dist', readFileSync(name, 'utf8'))
  return existsSync(path) ? path : null
}

export async function launchDesktop(userData: string, paths: readonly string[] = []): Promise<DesktopApp> {
  const binary = electronBinary()
  return binary ? launchElectron(binary, userData, paths) : launchStandIn(userData, paths)
}

async function launchElectron(
  executablePath: string,
  userData: string,
  paths: readonly string[],
): Promise<DesktopApp> {
  const app = await _electron.launch({
    executablePath,
    args: [root, `--user-data-dir=${userData}`, ...paths],
    env: { ...environment(), LEPTON_DATA_DIR: join(userData, 'library') },
  })
  const version = await app.evaluate(() => process.versions.electron ?? '')
  return {
    shell: `Electron ${version}`,
    page: await app.firstWindow(),
    facts: null,
    answerDialogs: (answer) =>
      app.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = async () => ({ canceled: filePaths.length === 0, filePaths })
      }, answer),
    invokeFrom: async () => 'not possible under Electron',
    close: () => app.close(),
  }
}

/** This process's environment, without the names that hold nothing. */
const environment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )

type Message = { event: string } & Record<string, unknown>

async function launchStandIn(userData: string, paths: readonly string[]): Promise<DesktopApp> {
  const child = fork(join(root, 'out/main/desktop.js'), [...paths], {
    cwd: root,
    execArgv: ['--import', join(here, 'stand-in/register.mjs')],
    env: { ...process.env, STAND_IN_USER_DATA: userData, LEPTON_DATA_DIR: join(userData, 'library') },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const window = await new Promise<Message>((resolve, reject) => {
    child.on('message', (message: Message) => message.event === 'window' && resolve(message))
    child.on('exit', (code) => reject(new Error(`The desktop shell ended with ${code}`)))
  })

  const browser = await launchChromium()
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  let last = 0
  const invoke = (channel: string, argument: unknown, from: string) =>
    new Promise<Message>((resolve) => {
      const id = ++last
      const receive = (message: Message) => {
        if (message.event !== 'result' || message.id !== id) return
        child.off('message', receive)
        resolve(message)
      }
      child.on('message', receive)
      child.send({ type: 'invoke', id, channel, argument, from })
    })
  await page.exposeFunction('standInInvoke', async (channel: string, argument: unknown) => {
    const { result, error } = await invoke(channel, argument, 'lepton://app/')
    if (error) throw new Error(String(error))
    return result
  })
  const preload = readFileSync(new URL(String(window.preload)), 'utf8')
  await page.addInitScript({ content: preloadScript(preload) })
  child.on('message', (message: Message) => {
    if (message.event !== 'send') return
    const detail = { channel: message.channel, args: message.args }
    void page.evaluate((sent) => dispatchEvent(new CustomEvent('stand-in', { detail: sent })), detail)
  })
  await page.goto(`http://127.0.0.1:${String(window.port)}/`)

  return {
    shell: 'stand-in',
    page,
    facts: window as unknown as WindowFacts,
    answerDialogs: async (answer) => {
      child.send({ type: 'dialog-answer', paths: answer })
    },
    invokeFrom: async (url, channel, argument) => {
      const { error, result } = await invoke(channel, argument, url)
      return error ? String(error) : JSON.stringify(result)
    },
    async close() {
      await browser.close()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.send({ type: 'close' })
      await ended
    },
  }
}

/** Runs the built preload in the page with a stand-in for the three things it takes from Electron. */
function preloadScript(preload: string): string {
  return `(() => {
    const listeners = new Map()
    addEventListener('stand-in', ({ detail }) => {
      for (const listener of listeners.get(detail.channel) ?? []) listener({}, ...detail.args)
    })
    const electron = {
      contextBridge: { exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value }) },
      ipcRenderer: {
        invoke: (channel, argument) => window.standInInvoke(channel, argument),
        on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
        off: (channel, listener) => listeners.set(channel, (listeners.get(channel) ?? []).filter((l) => l !== listener)),
      },
      webUtils: { getPathForFile: () => '' },
    }
    ;((require, process, exports, module) => {${preload}
    })(() => electron, { platform: 'linux' }, {}, { exports: {} })
  })()`
}
