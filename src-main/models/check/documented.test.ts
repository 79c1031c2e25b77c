import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { hashOf } from '#main/file-hash'
import { sharedData } from '#main/testing/shared-data'
import { modelManifest } from '#shared/domain/model-manifest/index'
import { readOnnx } from '../onnx/read-model'
import { checkGraph } from './graph'
import { checkInputs } from './inputs'
import { checkManifest } from './manifest-rules'
import { checkOutputs } from './outputs'

const page = readFileSync(new URL('../../../docs/model-packages.md', import.meta.url), 'utf8')
const documented = () => modelManifest.parse(JSON.parse(page.match(/```json\n([\s\S]*?)```/)?.[1] ?? ''))
const network = sharedData('onnx/ultraface_version-RFB-320.onnx')

it('the example of the documentation is a sound manifest', () => {
  expect(() => checkManifest(documented())).not.toThrow()
})

it.skipIf(!network)('the example of the documentation describes its network', async () => {
  const { files, input, outputs } = documented()
  const model = readOnnx(network ?? '')
  checkGraph('model.onnx', model)
  checkInputs('model.onnx', model, input)
  checkOutputs('model.onnx', model, outputs)
  expect(await hashOf(network ?? '')).toBe(files['model.onnx'])
})
