import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeColourClassifier } from '#main/engine/testing/colour-models'
import { type ModelManifest, modelManifest } from '#shared/domain/model-manifest/index'

const SIDE = 8

/**
 * A whole package of a classifier whose answer is known (the mean of each colour, times four, is its logit), with a
 * golden sample that it passes.
 */
export function writeColourPackage(folder: string, change: Partial<ModelManifest> = {}): ModelManifest {
  const { manifest } = writeColourClassifier(folder)
  const input = Float32Array.from({ length: 3 * SIDE * SIDE }, (_, i) => (i % 17) / 17)
  const classes = Float32Array.from([0, 1, 2], (plane) => {
    const values = input.subarray(plane * SIDE * SIDE, (plane + 1) * SIDE * SIDE)
    return (4 * values.reduce((sum, value) => sum + value, 0)) / values.length
  })
  const files = { ...manifest.files }
  for (const [name, values] of Object.entries({ image: input, classes, maps: input })) {
    const bytes = new Uint8Array(values.buffer)
    writeFileSync(join(folder, `golden/${name}.bin`), bytes)
    files[`golden/${name}.bin`] = createHash('sha256').update(bytes).digest('hex')
  }
  const weights = manifest.weights.map((one) => ({
    ...one,
    outputs: [
      { name: 'classes', file: 'golden/classes.bin', shape: [1, 3], type: 'float32' },
      { name: 'maps', file: 'golden/maps.bin', shape: [1, 3, SIDE, SIDE], type: 'float32' },
    ],
  }))
  const golden = {
    inputs: [{ name: 'image', file: 'golden/image.bin', shape: [1, 3, SIDE, SIDE], type: 'float32' }],
  }
  const whole = modelManifest.parse({ ...manifest, id: 'colours', files, weights, golden, ...change })
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(whole))
  return whole
}
