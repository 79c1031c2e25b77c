import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * Builds the entries of the engine from their sources into a folder of its own, as `electron-vite build` does for
 * the app, for tests and benches that need the real process. Any of the entries may be another module.
 */
export async function buildEngine({
  main = 'main.ts',
  decodeWorker = 'decode-worker.ts',
}: {
  main?: string
  decodeWorker?: string
} = {}): Promise<{ entry: string; remove: () => void }> {
  const outDir = mkdtempSync(join(root, 'node_modules/.lepton-engine-'))
  const source = (path: string) => join(root, 'src-main/engine', path)
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '#shared': join(root, 'src-shared'), '#main': join(root, 'src-main') } },
    ssr: { noExternal: true, external: ['onnxruntime-node', 'onnxruntime-web', '@napi-rs/image'] },
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      rollupOptions: {
        input: {
          engine: source(main),
          'decode-worker': source(decodeWorker),
          'session-worker': source('session-worker.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          // the codecs ask where they lie, as electron-vite lets them
          banner: 'var __dirname = import.meta.dirname, __filename = import.meta.filename;',
        },
      },
    },
  })
  return {
    entry: join(outDir, 'engine.js'),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  }
}
