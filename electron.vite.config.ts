import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const alias = { '#shared': at('src-shared'), '#main': at('src-main'), '#renderer': at('src-renderer') }

/** Packages with native or WebAssembly binaries stay outside the bundles: they load these from their own folders. */
const external = [
  'electron',
  'better-sqlite3',
  'onnxruntime-node',
  'onnxruntime-web',
  '@napi-rs/image',
  // brings the metrics of its fonts as files
  'pdfkit',
]

/**
 * electron-vite asks for relative addresses, as for file://. The app is served under its own origin, where
 * /scoring/3 must find the same scripts as /.
 */
const absoluteBase = {
  name: 'lepton:absolute-base',
  enforce: 'post',
  config: () => ({ base: '/' }),
} as const

/**
 * Chromium compiles the viewer's functions when its script comes in, on another thread while a person looks at the list,
 * instead of one by one when they are first called. See V8's explicit compile hints.
 */
const compiledEarly = {
  name: 'lepton:compiled-early',
  enforce: 'post',
  generateBundle(_: unknown, bundle: Record<string, { type: string; name?: string; code?: string }>) {
    const viewer = Object.values(bundle).find(({ type, name }) => type === 'chunk' && name === 'viewer-page')
    if (!viewer) throw new Error('No chunk is named viewer-page: name the one that holds the viewer.')
    viewer.code = `//# allFunctionsCalledOnLoad\n${viewer.code}`
  },
} as const

/** One build makes all three shells: main (desktop, command line with the server, engine), preload and renderer. */
export default defineConfig({
  main: {
    // fflate's Node build declares a `require` of its own, which collides with the one electron-vite adds
    resolve: { alias: { ...alias, fflate: 'fflate/browser' } },
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      sourcemap: true,
      rollupOptions: {
        external,
        input: {
          desktop: at('src-main/desktop/main.ts'),
          cli: at('src-main/cli/main.ts'),
          engine: at('src-main/engine/main.ts'),
          'decode-worker': at('src-main/engine/decode-worker.ts'),
          'sample-worker': at('src-main/samples/worker.ts'),
          'session-worker': at('src-main/engine/session-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        external: ['electron'],
        input: { preload: at('src-main/desktop/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    resolve: { alias: { ...alias, events: 'events' } },
    plugins: [react(), absoluteBase, compiledEarly],
    worker: { format: 'es' },
    json: { stringify: true },
    build: {
      outDir: at('out/renderer'),
      target: 'esnext',
      minify: true,
      rollupOptions: {
        input: at('src-renderer/index.html'),
        // The first screen is one file: forty small ones wait for each other's requests. Libraries of the viewer lie apart
        // from its own code, which alone is compiled early.
        output: {
          codeSplitting: {
            groups: [
              { name: 'first', tags: ['$initial'] },
              { name: 'imaging', test: /node_modules[\\/](@cornerstonejs|@kitware)[\\/]/ },
            ],
          },
        },
      },
    },
  },
})
