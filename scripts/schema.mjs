// Writes docs/model-package.schema.json from the record that the app itself reads manifests with.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const { module } = await runnerImport('./src-shared/domain/model-manifest/schema.ts', {
  root,
  configFile: false,
})
const text = JSON.stringify(module.manifestSchema(), null, 2)
writeFileSync(new URL('../docs/model-package.schema.json', import.meta.url), `${text}\n`)
