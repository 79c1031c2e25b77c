/** How brightness is coloured: as grey, or from black over red and yellow to white. */
export const palettes = ['grey', 'hotMetal'] as const
export type Palette = (typeof palettes)[number]

/** From 0 to 255: each channel rises over its own part, red first (the `hot` map of many viewers). */
const hotMetal = (byte: number): [number, number, number] => {
  const part = (from: number, to: number) =>
    Math.round(255 * Math.min(1, Math.max(0, (byte / 255 - from) / (to - from))))
  return [part(0, 0.375), part(0.375, 0.75), part(0.75, 1)]
}

/** Of a filter that colours what WebGL has drawn in grey, in the same way. */
export const hotMetalFilter = 'hot-metal'
/** Its channels at every eighth of brightness. */
export const hotMetalTables = [0, 1, 2].map((channel) =>
  Array.from({ length: 9 }, (_, eighth) => ((hotMetal(eighth * 31.875)[channel] ?? 0) / 255).toFixed(4)).join(
    ' ',
  ),
)

const grey = (byte: number): [number, number, number] => [byte, byte, byte]

/** The colour of every brightness as ABGR, ready for a canvas of little-endian words. */
export function shadesOf({ palette, inverted }: { palette: Palette; inverted: boolean }): Uint32Array {
  const colourOf = palette === 'hotMetal' ? hotMetal : grey
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    const [red, green, blue] = colourOf(inverted ? 255 - byte : byte)
    return 0xff000000 | (blue << 16) | (green << 8) | red
  })
}
