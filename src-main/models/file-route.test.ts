import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { onnxFile } from '#main/testing/onnx-file'
import { routes } from '#shared/contract/routes'
import { modelFileRoute } from './file-route'
import { createModels } from './service'
import { engineWith } from './testing/engine-with'
import { writePackageWith } from './testing/package-folder'

let folder: string
let database: Database
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lepton-file-route-'))
  database = openDatabase(':memory:')
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const ask = (id: string, file: string) => {
  const { engine } = engineWith({ cpu: 9 })
  const folders = [{ path: folder, bundled: true }]
  const models = createModels({ database, engine, folders, dataFolder: folder, appVersion: '1.0.0' })
  return modelFileRoute(models).request(routes.modelFile({ id, version: '1.0.0' }, file))
}

/** The tiny package as a model that answers to clicks. */
function writeBrush(path: string): void {
  const { input, golden } = writePackageWith(path)
  const shape = ['n', 3, 'h', 'w']
  const prompt = { name: 'clicks', radius: 2, planes: ['positive', 'negative', 'previous'] } as const
  writePackageWith(path, {
    manifest: {
      id: 'brush',
      task: 'promptable-segmentation',
      input: { ...input, prompt: { ...prompt, planes: [...prompt.planes] } },
      outputs: [{ decode: 'prompted-mask', name: 'logits' }],
      golden: { inputs: golden.inputs.flatMap((one) => [one, { ...one, name: 'clicks' }]) },
    },
    files: {
      'model.onnx': onnxFile({
        nodes: [{ type: 'Conv', inputs: ['image', 'weights'], outputs: ['logits'] }],
        inputs: [
          { name: 'image', shape },
          { name: 'clicks', shape },
        ],
        outputs: [{ name: 'logits', shape: ['n', 1, 'h', 'w'] }],
        weights: [{ name: 'weights', shape: [1, 3, 1, 1], values: [0, 1, 0] }],
      }),
    },
  })
}

it('hands out the files of a model that answers to clicks, and nothing else', async () => {
  writeBrush(join(folder, 'brush'))
  writePackageWith(join(folder, 'tiny'))
  const given = await ask('brush', 'model.onnx')
  expect(given.status).toBe(200)
  expect((await given.arrayBuffer()).byteLength).toBeGreaterThan(100)
  expect((await ask('brush', 'manifest.json')).status).toBe(404)
  expect((await ask('brush', '%2e%2e/tiny/model.onnx')).status).toBe(422)
  expect((await ask('tiny', 'model.onnx')).status).toBe(404)
  expect((await ask('gone', 'model.onnx')).status).toBe(422)
})
