import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { invalid } from './refuse'

const bytesOf = { float32: 4, uint8: 1, int64: 8 } as const

/** Whether every golden tensor's file holds exactly what its shape and type say. @throws MODEL_INVALID */
export async function checkGoldenSizes(
  folder: string,
  { golden, weights }: Pick<ModelManifest, 'golden' | 'weights'>,
): Promise<void> {
  for (const { file, shape, type } of [...golden.inputs, ...weights.flatMap(({ outputs }) => outputs)]) {
    const wanted = shape.reduce((product, side) => product * side, 1) * bytesOf[type]
    const { size } = await stat(join(folder, file))
    if (size !== wanted) {
      throw invalid(`${wanted} bytes in ${file} (${type} ${shape.join(' x ')})`, `${size} bytes`)
    }
  }
}
