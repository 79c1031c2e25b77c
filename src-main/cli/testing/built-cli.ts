import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))

export interface BuiltCli {
  /** Path of the built command line; the engine lies beside it. */
  entry: string
  remove(): void
}

/** Builds the command line with its engine into a folder of its own, as `electron-vite build` does for the app. */
export async function buildCli(): Promise<BuiltCli> {
  const outDir = mkdtempSync(join(root, 'node_modules/.lepton-cli-'))
  const source = (path: string) => join(root, 'src-main', path)
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '#shared': join(root, 'src-shared'), '#main': join(root, 'src-main') } },
    ssr: { noExternal: true, external: ['onnxruntime-node', '@napi-rs/image', 'better-sqlite3'] },
    build: {
      ssr: true,
      outDir,
      target: 'node22',
      rollupOptions: {
        input: {
          cli: source('cli/main.ts'),
          engine: source('engine/main.ts'),
          'decode-worker': source('engine/decode-worker.ts'),
          'session-worker': source('engine/session-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  })
  return { entry: join(outDir, 'cli.js'), remove: () => rmSync(outDir, { recursive: true, force: true }) }
}

export interface Finished {
  /** Exit status; null if it was killed. */
  status: number | null
  stdout: string
  stderr: string
}

export interface RunningCli {
  readonly ended: boolean
  finished: Promise<Finished>
  /** SIGKILL: the process gets no chance to tidy up. */
  kill(): void
  /** Ctrl-C. */
  interrupt(): void
}

export function startCli(cli: BuiltCli, args: readonly string[]): RunningCli {
  const env = { ...process.env, LC_ALL: 'en_US.UTF-8' }
  const child = spawn(process.execPath, [cli.entry, ...args], { env })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  return {
    get ended() {
      return child.exitCode !== null || child.signalCode !== null
    },
    finished: new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (status) => resolve({ status, ...output }))
    }),
    kill: () => void child.kill('SIGKILL'),
    interrupt: () => void child.kill('SIGINT'),
  }
}

/** Runs the built command line to its end, or to a SIGKILL after `killAfterMs`. */
export async function runCli(
  cli: BuiltCli,
  args: readonly string[],
  killAfterMs?: number,
): Promise<Finished> {
  const running = startCli(cli, args)
  const timer = killAfterMs === undefined ? null : setTimeout(running.kill, killAfterMs)
  const finished = await running.finished
  if (timer) clearTimeout(timer)
  return finished
}
