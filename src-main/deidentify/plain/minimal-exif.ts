/** An EXIF block (TIFF structure) that says how the picture is turned and nothing else. */
export function minimalExif(orientation: number): Uint8Array {
  const block = new Uint8Array(26)
  const view = new DataView(block.buffer)
  block.set(Buffer.from('II*\0', 'latin1'))
  view.setUint32(4, 8, true)
  view.setUint16(8, 1, true)
  view.setUint16(10, 0x0112, true)
  view.setUint16(12, 3, true)
  view.setUint32(14, 1, true)
  view.setUint16(18, orientation, true)
  return block
}
