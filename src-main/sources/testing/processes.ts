import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

/** The path of an installed program; null, with a notice, where it is absent. */
export function program(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']
  const found = folders.map((folder) => `${folder}/${name}`).find((path) => existsSync(path))
  if (found) return found
  console.warn(`Not run: ${name} is not installed (Debian: orthanc, orthanc-dicomweb, dcmtk).`)
  return null
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}

/** A program in the background that listens on a port. */
export class Background {
  readonly #child: ChildProcess
  output = ''

  private constructor(child: ChildProcess) {
    this.#child = child
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output = (this.output + chunk.toString()).slice(-20_000)
      })
    }
  }

  static async start(path: string, args: readonly string[], port: number, cwd?: string): Promise<Background> {
    const running = new Background(spawn(path, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] }))
    for (let tries = 0; tries < 200; tries++) {
      if (await listens(port)) return running
      if (running.#child.exitCode !== null) break
      await wait(50)
    }
    await running.stop()
    throw new Error(`${path} does not listen on ${port}: ${running.output}`)
  }

  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill(signal)
    await ended
  }
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })

/** Runs a program to its end and gives what it printed. @throws with what it printed, if it fails */
export async function run(path: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(path, args, { encoding: 'utf8', timeout: 60_000 })
  return stdout
}
