import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'

const lepton = resolve(import.meta.dirname, '../../bin/lepton.mjs')

export const at = (values: readonly number[], part: number) => {
  const sorted = values.toSorted((left, right) => left - right)
  return (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(0)
}

export interface Served {
  url: string
  child: ChildProcess
  /** Milliseconds from the start of the process. */
  after: number
}

export async function serve(folder: string): Promise<Served> {
  const started = performance.now()
  const child = spawn(process.execPath, [lepton, 'serve', '--port', '0', '--data', join(folder, 'data')])
  return new Promise((found, failed) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(said)?.[0]
      if (url) found({ url, child, after: performance.now() - started })
    })
    child.on('exit', (status) => failed(new Error(`lepton serve ended with ${status}: ${said}`)))
  })
}

export async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

export async function takeIn(folder: string): Promise<void> {
  const child = spawn(
    process.execPath,
    [lepton, 'import', join(folder, 'thigh'), '--data', join(folder, 'data')],
    {
      stdio: 'ignore',
    },
  )
  const [status] = await once(child, 'exit')
  if (status !== 0) throw new Error(`lepton import ended with ${status}`)
}

export const marked = (page: Page, name: string) =>
  page.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, name)
