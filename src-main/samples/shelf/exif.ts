/**
 * Puts an ImageDescription into a JPEG: an Exif segment (JEITA CP-3451) right behind the start-of-image marker.
 * `jpeg` must begin with that marker; `text` is ASCII.
 */
export function describeJpeg(jpeg: Uint8Array, text: string): Uint8Array {
  const words = Buffer.from(`${text}\0`, 'latin1')
  const tiff = Buffer.alloc(26 + words.length)
  tiff.write('II', 0, 'latin1')
  tiff.writeUInt16LE(42, 2)
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(1, 8)
  tiff.writeUInt16LE(0x010e, 10)
  tiff.writeUInt16LE(2, 12)
  tiff.writeUInt32LE(words.length, 14)
  tiff.writeUInt32LE(26, 18)
  words.copy(tiff, 26)
  const head = Buffer.alloc(10)
  head.writeUInt16BE(0xffe1, 0)
  head.writeUInt16BE(8 + tiff.length, 2)
  head.write('Exif\0\0', 4, 'latin1')
  return Buffer.concat([jpeg.subarray(0, 2), head, tiff, jpeg.subarray(2)])
}
