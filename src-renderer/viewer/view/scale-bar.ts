/** Lengths in millimetres that a scale bar may have. */
const lengths = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500]

export interface ScaleBar {
  millimetres: number
  /** CSS pixels. */
  pixels: number
}

/** The longest round length that is not longer than `most` CSS pixels; null where none is. */
export function scaleBar(pixelsPerMillimetre: number, most = 140): ScaleBar | null {
  const millimetres = lengths.findLast((length) => length * pixelsPerMillimetre <= most)
  return millimetres === undefined ? null : { millimetres, pixels: millimetres * pixelsPerMillimetre }
}

/** `5 cm`, `2 mm`. */
export const lengthText = (millimetres: number): string =>
  millimetres >= 10 ? `${millimetres / 10} cm` : `${millimetres} mm`
