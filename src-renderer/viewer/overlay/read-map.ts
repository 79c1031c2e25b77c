import { MAP_HEADER, routes } from '#shared/contract/routes'
import { LeptonError } from '#shared/domain/fault'
import { type MapInfo, mapInfo } from '#shared/domain/probability-map'
import { refusal } from '../stack/read-frame'

export interface ProbabilityMap {
  info: MapInfo
  /** One plane of the crop for each label; probability = byte / 255. */
  bytes: Uint8Array
}

/** Fetches the probability map of a prediction. */
export async function readMap(predictionId: number): Promise<ProbabilityMap> {
  const { info, bytes } = await readMapAt(routes.map(predictionId))
  return { info, bytes }
}

/** Fetches a map and inflates it, never beyond the size its header states. */
export async function readMapAt(address: string): Promise<ProbabilityMap & { headers: Headers }> {
  const response = await fetch(address)
  if (!response.ok || !response.body) throw await refusal(response)
  const info = mapInfo.parse(JSON.parse(response.headers.get(MAP_HEADER) ?? 'null'))
  const bytes = new Uint8Array(info.crop[2] * info.crop[3] * info.labels.length)
  let filled = 0
  const reader = response.body.pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (filled + part.value.length > bytes.length) break
    bytes.set(part.value, filled)
    filled += part.value.length
  }
  if (filled !== bytes.length) {
    throw new LeptonError('PIXELS_CORRUPT', {
      expected: `${bytes.length} bytes`,
      received: `${filled} bytes`,
    })
  }
  return { info, bytes, headers: response.headers }
}
