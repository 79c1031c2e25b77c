import { createHash } from 'node:crypto'
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

it('the example of the documentation has the hash of the input that its lines of Python write', () => {
  const [rows, columns] = [240, 320]
  const planes = [
    (row: number) => row % 256,
    (_: number, column: number) => column % 256,
    (row: number, column: number) => (row + column) % 256,
  ]
  const values = planes.flatMap((at) =>
    Array.from({ length: rows * columns }, (_, i) => (at(Math.floor(i / columns), i % columns) - 127) / 128),
  )
  const hash = createHash('sha256')
    .update(new Uint8Array(Float32Array.from(values).buffer))
    .digest('hex')
  expect(documented().files['golden/input.bin']).toBe(hash)
})
