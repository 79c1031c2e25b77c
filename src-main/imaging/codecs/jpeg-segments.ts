/** What the markers of a JPEG stream say, before any of it is decoded (ITU-T T.81, annex B). */
export interface JpegSegments {
  /** Number of the frame header: 0 baseline, 1 extended, 2 progressive, 3 lossless, others as in T.81. */
  process: number
  precision: number
  rows: number
  columns: number
  componentIds: number[]
  jfif: boolean
  /** Colour transform of the Adobe segment; null without one. */
  adobe: number | null
  /** Ranges of JFIF and Adobe segments, markers included. */
  application: { start: number; end: number }[]
}

const isFrameHeader = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Reads the segments up to the first scan; null where there is no frame header. */
export function readJpegSegments(bytes: Uint8Array): JpegSegments | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Pick<JpegSegments, 'jfif' | 'adobe' | 'application'> = {
    jfif: false,
    adobe: null,
    application: [],
  }
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const end = at + 2 + view.getUint16(at + 2)
    if (marker === 0xda || end > bytes.length) return null
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 9))
    if (marker === 0xe0 && name === 'JFIF\0') {
      found.jfif = true
      found.application.push({ start: at, end })
    }
    if (marker === 0xee && name === 'Adobe') {
      found.adobe = bytes[at + 15] ?? 0
      found.application.push({ start: at, end })
    }
    if (isFrameHeader(marker) && end - at >= 10) {
      const components = bytes[at + 9] ?? 0
      return {
        ...found,
        process: marker - 0xc0,
        precision: bytes[at + 4] ?? 0,
        rows: view.getUint16(at + 5),
        columns: view.getUint16(at + 7),
        componentIds: Array.from({ length: components }, (_, index) => bytes[at + 10 + index * 3] ?? 0),
      }
    }
    at = end
  }
  return null
}
