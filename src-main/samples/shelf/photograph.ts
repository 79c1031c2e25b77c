import { Transformer } from '@napi-rs/image'
import { normalTable, type RandomStream, randomStream } from '../random'
import { describeJpeg } from './exif'

const tableSize = 65_536
const normals = normalTable(tableSize, randomStream(0x73686f74))
const remark = 'PHANTOM: product shelf drawn by Lepton Studio; not a photograph, no real products'

/** Photographs an SVG picture of the given size: vignetting, white balance, noise, JPEG. */
export async function photograph(
  svg: string,
  width: number,
  height: number,
  random: RandomStream,
): Promise<Uint8Array> {
  const pixels = await Transformer.fromSvg(svg).rawPixels()
  expose(pixels, width, height, random)
  const jpeg = await Transformer.fromRgbaPixels(pixels, width, height).jpeg(86)
  return describeJpeg(jpeg, remark)
}

/** Changes RGBA pixels in place as a camera would: light falls off to the corners, colour is cast, grain is added. */
function expose(pixels: Uint8Array, width: number, height: number, random: RandomStream): void {
  const warmth = random.between(-0.07, 0.09)
  const exposure = random.between(0.92, 1.1)
  const gains = [exposure * (1 + warmth), exposure, exposure * (1 - warmth)]
  const falloff = random.between(0.18, 0.34)
  const grain = random.between(3, 6)
  let draw = random.below(tableSize)
  // Rounds and clamps by itself.
  const view = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length)
  for (let y = 0; y < height; y++) {
    const v = (2 * y) / height - 1
    for (let x = 0; x < width; x++) {
      const u = (2 * x) / width - 1
      const away = (u * u + v * v) / 2
      const light = 1 - falloff * away * away
      const at = 4 * (y * width + x)
      if ((x & 255) === 0) draw = random.below(tableSize)
      const common = 0.7 * grain * (normals[draw++ & (tableSize - 1)] ?? 0)
      for (let channel = 0; channel < 3; channel++) {
        const own = 0.5 * grain * (normals[(draw + 977 * channel) & (tableSize - 1)] ?? 0)
        view[at + channel] = (view[at + channel] ?? 0) * light * (gains[channel] ?? 1) + common + own
      }
    }
  }
}
