import { Transformer } from '@napi-rs/image'
import { encode } from 'fast-png'
import { describe, expect, test } from 'vitest'
import { openInstance, readHeader } from '..'
import { temporaryFile } from '../testing/dicom-file'

/** A 3 x 2 picture: red, green, blue over black, grey, white. */
const colours = [255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 128, 128, 128, 255, 255, 255]

/** Where each pixel of the upright picture comes from, by EXIF orientation. */
const upright: Record<number, number[][]> = {
  1: [
    [0, 1, 2],
    [3, 4, 5],
  ],
  2: [
    [2, 1, 0],
    [5, 4, 3],
  ],
  3: [
    [5, 4, 3],
    [2, 1, 0],
  ],
  4: [
    [3, 4, 5],
    [0, 1, 2],
  ],
  5: [
    [0, 3],
    [1, 4],
    [2, 5],
  ],
  6: [
    [3, 0],
    [4, 1],
    [5, 2],
  ],
  7: [
    [5, 2],
    [4, 1],
    [3, 0],
  ],
  8: [
    [2, 5],
    [1, 4],
    [0, 3],
  ],
}

/** An EXIF block with one field, the orientation. */
function exif(orientation: number): Buffer {
  const block = Buffer.alloc(26)
  block.write('MM\0*')
  block.writeUInt32BE(8, 4)
  block.writeUInt16BE(1, 8)
  block.writeUInt16BE(0x0112, 10)
  block.writeUInt16BE(3, 12)
  block.writeUInt32BE(1, 14)
  block.writeUInt16BE(orientation, 18)
  return block
}

function pngWith(orientation: number): Buffer {
  const png = Buffer.from(
    encode({ width: 3, height: 2, data: Uint8Array.from(colours), channels: 3, depth: 8 }),
  )
  const block = exif(orientation)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(block.length)
  head.write('eXIf', 4)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc(Buffer.concat([head.subarray(4), block])))
  return Buffer.concat([png.subarray(0, 33), head, block, checksum, png.subarray(33)])
}

function crc(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) {
    value ^= byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  }
  return (value ^ 0xffffffff) >>> 0
}

describe('pictures', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i is made upright', async (orientation) => {
    const path = temporaryFile('turned.png', pngWith(orientation))
    const { header } = await readHeader(path)
    const wanted = upright[orientation] ?? []
    expect(header.instance).toMatchObject({
      rows: wanted.length,
      columns: wanted[0]?.length,
      exifOrientation: orientation,
    })
    const frame = await (await openInstance(path)).frame(0)
    expect([frame.rows, frame.columns, frame.samples]).toEqual([wanted.length, wanted[0]?.length, 3])
    expect([...frame.data]).toEqual(wanted.flat().flatMap((pixel) => colours.slice(pixel * 3, pixel * 3 + 3)))
  })

  test('JPEG keeps its EXIF orientation in a segment', async () => {
    const rgba = colours.flatMap((value, at) => (at % 3 === 2 ? [value, 255] : [value]))
    const jpeg = await Transformer.fromRgbaPixels(Uint8Array.from(rgba), 3, 2).jpeg(95)
    const block = Buffer.concat([Buffer.from('Exif\0\0'), exif(6)])
    const segment = Buffer.from([0xff, 0xe1, 0, block.length + 2])
    const turned = Buffer.concat([jpeg.subarray(0, 2), segment, block, jpeg.subarray(2)])
    const path = temporaryFile('turned.jpg', turned)
    expect((await readHeader(path)).header).toMatchObject({
      format: 'jpeg',
      instance: { rows: 3, columns: 2, exifOrientation: 6, lossy: true },
    })
    expect(await (await openInstance(path)).frame(0)).toMatchObject({ rows: 3, columns: 2 })
  })

  test('a frame can be handed to another thread', async () => {
    const { data } = await (await openInstance(temporaryFile('plain.png', pngWith(1)))).frame(0)
    const { buffer } = data
    expect(structuredClone(data, { transfer: [buffer as ArrayBuffer] }).length).toBe(18)
    expect(buffer.byteLength).toBe(0)
  })

  test('16-bit grey PNG keeps its bits and its one sample', async () => {
    const data = Uint16Array.from([0, 1, 256, 1000, 40000, 65535])
    const path = temporaryFile('deep.png', encode({ width: 3, height: 2, data, channels: 1, depth: 16 }))
    const instance = await openInstance(path)
    expect(instance.header.instance).toMatchObject({ samples: 1, bitsStored: 16, photometric: 'MONOCHROME2' })
    const frame = await instance.frame(0)
    expect(frame).toMatchObject({ type: 'uint16', min: 0, max: 65535, windows: [] })
    expect([...frame.data]).toEqual([...data])
  })

  test('16-bit grey TIFF keeps its bits', async () => {
    const frame = await (
      await openInstance(temporaryFile('deep.tif', greyTiff([7, 300, 65535, 40000])))
    ).frame(0)
    expect(frame).toMatchObject({ rows: 2, columns: 2, type: 'uint16', samples: 1 })
    expect([...frame.data]).toEqual([7, 300, 65535, 40000])
  })

  test('a TIFF of real numbers is not supported, rather than damaged', async () => {
    const real = greyTiff([0, 0, 0, 0])
    real.writeUInt16LE(32, 18 + 2 * 12 + 8)
    real.writeUInt16LE(1, 18 + 7 * 12 + 8)
    real.writeUInt16LE(1, 18 + 1 * 12 + 8)
    const path = temporaryFile('real.tif', real)
    await expect((await openInstance(path)).frame(0)).rejects.toMatchObject({ code: 'IMAGE_UNSUPPORTED' })
  })

  test('8-bit grey is shown as it is', async () => {
    const data = Uint8Array.from([0, 50, 100, 150, 200, 250])
    const path = temporaryFile('grey.png', encode({ width: 3, height: 2, data, channels: 1, depth: 8 }))
    const frame = await (await openInstance(path)).frame(0)
    expect(frame).toMatchObject({ samples: 1, type: 'uint8', windows: [{ center: 128, width: 256 }] })
  })

  test('alpha is laid on black', async () => {
    const data = Uint8Array.from([200, 100, 50, 255, 200, 100, 50, 0])
    const path = temporaryFile('alpha.png', encode({ width: 2, height: 1, data, channels: 4, depth: 8 }))
    expect([...(await (await openInstance(path)).frame(0)).data]).toEqual([200, 100, 50, 0, 0, 0])
  })

  test('WebP tells its size in every kind of stream', async () => {
    const rgba = Uint8Array.from({ length: 40 * 30 * 4 }, (_, at) => (at % 4 === 3 ? 255 : at % 251))
    for (const bytes of [
      await Transformer.fromRgbaPixels(rgba, 40, 30).webp(80),
      await Transformer.fromRgbaPixels(rgba, 40, 30).webpLossless(),
    ]) {
      const instance = await openInstance(temporaryFile('picture.webp', bytes))
      expect(instance.header.instance).toMatchObject({ rows: 30, columns: 40 })
      expect((await instance.frame(0)).data.length).toBe(40 * 30 * 3)
    }
  })

  test('a picture that ends early is damaged, not empty', async () => {
    const whole = pngWith(1)
    const path = temporaryFile('cut.png', whole.subarray(0, whole.length - 30))
    await expect((await openInstance(path)).frame(0)).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' })
    const stump = temporaryFile('stump.png', whole.subarray(0, 12))
    await expect(readHeader(stump)).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' })
  })

  test('a bomb is refused by its header', async () => {
    const bomb = pngWith(1)
    bomb.writeUInt32BE(2_000_000_000, 16)
    await expect(readHeader(temporaryFile('bomb.png', bomb))).rejects.toMatchObject({
      code: 'PIXELS_TOO_LARGE',
    })
  })
})

/** A little endian TIFF of 2 x 2 grey pixels of 16 bits in one strip. */
function greyTiff(values: number[]): Buffer {
  const fields = [
    [256, 3, 1, 2],
    [257, 3, 1, 2],
    [258, 3, 1, 16],
    [259, 3, 1, 1],
    [262, 3, 1, 1],
    [273, 4, 1, 8],
    [277, 3, 1, 1],
    [278, 3, 1, 2],
    [279, 4, 1, 8],
  ] as const
  const bytes = Buffer.alloc(16 + 2 + fields.length * 12 + 4)
  bytes.write('II*\0')
  bytes.writeUInt32LE(16, 4)
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, 8 + index * 2)
  bytes.writeUInt16LE(fields.length, 16)
  for (const [index, [tag, type, count, value]] of fields.entries()) {
    const at = 18 + index * 12
    bytes.writeUInt16LE(tag, at)
    bytes.writeUInt16LE(type, at + 2)
    bytes.writeUInt32LE(count, at + 4)
    bytes.writeUInt32LE(value, at + 8)
  }
  return bytes
}
