import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { manifestSchema } from './schema'

it('is written down as it is; `npm run schema` writes it', () => {
  const file = new URL('../../../docs/model-package.schema.json', import.meta.url)
  const written: unknown = JSON.parse(readFileSync(file, 'utf8'))
  expect(written).toEqual(JSON.parse(JSON.stringify(manifestSchema())))
})
