import { METHOD_HEADER, routes } from '#shared/contract/routes'
import type { MapInfo } from '#shared/domain/probability-map'
import { readMapAt } from './read-map'

/** Where the probability of a label comes from, as a picture to be laid over its image. */
export interface Heat {
  imageId: number
  label: string
  method: string
  /** One pixel for each point of the map's crop. */
  picture: HTMLCanvasElement
  info: MapInfo
}

/** Fetches the explanation of a class and colours it. @throws LeptonError with the reason */
export async function readHeat(predictionId: number, imageId: number, label: string): Promise<Heat> {
  const { info, bytes, headers } = await readMapAt(routes.explanation(predictionId, label))
  const [, , width, height] = info.crop
  const picture = document.createElement('canvas')
  picture.width = width
  picture.height = height
  const pixels = new ImageData(width, height)
  for (let at = 0; at < width * height; at += 1) pixels.data.set(colourOf(bytes[at] ?? 0), at * 4)
  picture.getContext('2d')?.putImageData(pixels, 0, 0)
  return { imageId, label, method: headers.get(METHOD_HEADER) ?? '', picture, info }
}

/** From clear over violet and orange to yellow: brighter is more, for every kind of colour vision. */
const stops: readonly (readonly [at: number, red: number, green: number, blue: number])[] = [
  [0, 60, 9, 110],
  [0.35, 140, 41, 129],
  [0.65, 229, 89, 52],
  [0.85, 251, 155, 6],
  [1, 252, 255, 164],
]

/** Red, green, blue and opacity of a relevance from 0 to 255. */
export function colourOf(relevance: number): [number, number, number, number] {
  const value = relevance / 255
  const upper = stops.findIndex(([at]) => at >= value)
  const [from, to] = [stops[Math.max(0, upper - 1)], stops[upper]]
  if (!from || !to) return [0, 0, 0, 0]
  const share = to[0] === from[0] ? 0 : (value - from[0]) / (to[0] - from[0])
  const mix = (channel: 1 | 2 | 3) => Math.round(from[channel] + share * (to[channel] - from[channel]))
  return [mix(1), mix(2), mix(3), Math.round(255 * Math.min(1, value * 1.6))]
}

/** Lays the heat over an image; the context is in image pixels already. */
export function drawHeat(context: CanvasRenderingContext2D, { picture, info }: Heat, opacity: number): void {
  const [x, y, width, height] = info.crop
  const across = info.columns / info.mapColumns
  const down = info.rows / info.mapRows
  context.globalAlpha = opacity
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, x * across, y * down, width * across, height * down)
  context.globalAlpha = 1
}
