import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/** Runs a bench script from its TypeScript source: `node benchmarks/run.mjs library`. */
const folder = fileURLToPath(new URL('.', import.meta.url))
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const [name = ''] = process.argv.slice(2)
const known = readdirSync(folder).filter((file) => file.endsWith('.ts'))

if (!known.includes(`${name}.ts`)) {
  console.error(`Name one of: ${known.map((file) => file.slice(0, -3)).join(', ')}`)
  process.exit(1)
}
const server = await createServer({
  configFile: false,
  logLevel: 'warn',
  appType: 'custom',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
  resolve: { alias: { '#shared': at('src-shared'), '#main': at('src-main') } },
})
try {
  const bench = await server.ssrLoadModule(`${folder}${name}.ts`)
  await bench.default(process.argv.slice(3))
} finally {
  await server.close()
}
