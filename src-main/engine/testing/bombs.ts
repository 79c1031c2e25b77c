import { constants, deflateRawSync } from 'node:zlib'
import { dicomBytes, greyImage, type Part, shorts } from '#main/imaging/testing/dicom-file'

/** A small file that would fill the memory, or the time, of whoever believes it. */
interface Bomb {
  name: string
  bytes: Uint8Array
}

const ZEROS = 2 ** 26
const GIGABYTE = 2 ** 30

const open = { finishFlush: constants.Z_FULL_FLUSH, level: 9 }
const block = deflateRawSync(Buffer.alloc(ZEROS), open)

/** A DEFLATE stream of so many zeros after some bytes; blocks end at whole bytes, so that one serves many times. */
function deflated(head: Uint8Array, zeros: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(zeros / ZEROS) }, () => block)
  return Buffer.concat([deflateRawSync(head, open), ...blocks])
}

const gzip = (head: Uint8Array, zeros: number) =>
  Buffer.concat([Buffer.from('1f8b08000000000000ff', 'hex'), deflated(head, zeros)])

/** A NIfTI-1 header of 16-bit voxels. */
function niftiHead(...dims: number[]): Buffer {
  const head = Buffer.alloc(352)
  head.writeInt32LE(348, 0)
  for (const [at, dim] of [dims.length, ...dims].entries()) head.writeInt16LE(dim, 40 + at * 2)
  head.writeInt16LE(4, 70)
  head.writeInt16LE(16, 72)
  head.writeFloatLE(352, 108)
  head.writeInt16LE(1, 254)
  head.writeFloatLE(1, 280)
  head.writeFloatLE(1, 300)
  head.writeFloatLE(1, 320)
  head.write('n+1\0', 344, 'latin1')
  return head
}

const nrrdHead = (encoding: string, ...sizes: number[]) =>
  Buffer.from(
    `NRRD0004\ntype: short\ndimension: ${sizes.length}\nsizes: ${sizes.join(' ')}\nencoding: ${encoding}\nendian: little\n\n`,
  )

function bigEndian(...words: [value: number, bytes: 1 | 2 | 4][]): Buffer {
  return Buffer.concat(
    words.map(([value, bytes]) => {
      const word = Buffer.alloc(bytes)
      word.writeUIntBE(value, 0, bytes)
      return word
    }),
  )
}

function png(columns: number, rows: number): Buffer {
  const chunk = (type: string, data: Buffer) =>
    Buffer.concat([bigEndian([data.length, 4]), Buffer.from(type), data, Buffer.alloc(4)])
  const size = bigEndian([columns, 4], [rows, 4], [8, 1], [6, 1], [0, 1], [0, 1], [0, 1])
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', size),
    chunk('IDAT', deflated(Buffer.alloc(0), ZEROS)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A JPEG stream up to its first scan, with the given frame header (C0 baseline, C3 lossless, F7 JPEG-LS). */
function jpeg(frame: number, columns: number, rows: number, bits = 8): Buffer {
  const size: Parameters<typeof bigEndian> = [
    [bits, 1],
    [rows, 2],
    [columns, 2],
    [1, 1],
    [1, 1],
    [0x11, 1],
    [0, 1],
  ]
  return Buffer.concat([
    bigEndian([0xffd8, 2], [0xff, 1], [frame, 1], [11, 2], ...size),
    bigEndian([0xffda, 2], [8, 2], [1, 1], [1, 1], [0, 1], [0, 1], [0, 1]),
    Buffer.alloc(64, 0x55),
  ])
}

/** A JPEG 2000 code stream of one component; `capabilities` of HTJ2K. */
function jpeg2000(side: number, capabilities = 0): Buffer {
  const grid: Parameters<typeof bigEndian> = [
    [side, 4],
    [side, 4],
    [0, 4],
    [0, 4],
    [side, 4],
    [side, 4],
    [0, 4],
    [0, 4],
  ]
  const high = capabilities === 0 ? Buffer.alloc(0) : bigEndian([0xff50, 2], [8, 2], [0x00020000, 4], [0, 2])
  return Buffer.concat([
    bigEndian([0xff4fff51, 4], [41, 2], [capabilities, 2], ...grid, [1, 2], [7, 1], [1, 1], [1, 1]),
    high,
    bigEndian(
      [0xff52, 2],
      [12, 2],
      [0, 1],
      [0, 1],
      [1, 2],
      [0, 1],
      [5, 1],
      [4, 1],
      [4, 1],
      [capabilities ? 64 : 0, 1],
      [1, 1],
    ),
    bigEndian([0xff5c, 2], [19, 2], [0x40, 1]),
    Buffer.alloc(16, 0x48),
    bigEndian([0xff90, 2], [10, 2], [0, 2], [0, 4], [0, 1], [1, 1], [0xff93, 2]),
    Buffer.alloc(64, 0x80),
    bigEndian([0xffd9, 2]),
  ])
}

/** A bare JPEG XL code stream (ISO/IEC 18181-1, annex D): two sizes of 30 bits and defaults. */
function jpegXl(side: number): Buffer {
  const bits: number[] = []
  const put = (value: number, width: number) => {
    for (let bit = 0; bit < width; bit++) bits.push(Math.floor(value / 2 ** bit) % 2)
  }
  put(0, 1)
  put(3, 2)
  put(side - 1, 30)
  put(0, 3)
  put(3, 2)
  put(side - 1, 30)
  put(1, 1)
  put(1, 1)
  const bytes = Buffer.alloc(Math.ceil(bits.length / 8))
  for (const [at, bit] of bits.entries()) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bit << (at & 7))
  return Buffer.concat([Buffer.from('ff0a', 'hex'), bytes, Buffer.alloc(64, 1)])
}

function tiff(columns: number, rows: number): Buffer {
  const fields: [tag: number, type: number, value: number][] = [
    [0x0100, 4, columns],
    [0x0101, 4, rows],
    [0x0102, 3, 8],
    [0x0103, 3, 1],
    [0x0106, 3, 1],
    [0x0111, 4, 8],
    [0x0115, 3, 1],
    [0x0116, 4, rows],
    [0x0117, 4, 64],
  ]
  const file = Buffer.alloc(8 + 2 + fields.length * 12 + 4 + 64)
  file.write('II*\0', 'latin1')
  file.writeUInt32LE(8, 4)
  file.writeUInt16LE(fields.length, 8)
  for (const [at, [tag, type, value]] of fields.entries()) {
    const place = 10 + at * 12
    file.writeUInt16LE(tag, place)
    file.writeUInt16LE(type, place + 2)
    file.writeUInt32LE(1, place + 4)
    file.writeUInt32LE(value, place + 8)
  }
  return file
}

/** A WebP whose canvas and whose lossless picture differ in size. */
function webp(canvas: number, picture: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32LE(data.length, 4)
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)])
  }
  const extended = Buffer.alloc(10)
  extended.writeUIntLE(canvas - 1, 4, 3)
  extended.writeUIntLE(canvas - 1, 7, 3)
  const lossless = Buffer.alloc(64)
  lossless[0] = 0x2f
  lossless.writeUInt32LE((picture - 1 + (picture - 1) * 0x4000) % 2 ** 32, 1)
  const body = Buffer.concat([Buffer.from('WEBP'), chunk('VP8X', extended), chunk('VP8L', lossless)])
  const riff = Buffer.alloc(8)
  riff.write('RIFF', 'latin1')
  riff.writeUInt32LE(body.length, 4)
  return Buffer.concat([riff, body])
}

const pixels = (fragment: Uint8Array): Part => [0x7fe00010, 'OB', { fragments: [fragment] }]
const coded = (syntax: string, stream: Uint8Array, side = 16, more: Part[] = []) =>
  dicomBytes([...greyImage(side, side, 8, more), pixels(stream)], { syntax })

/** Elements, and then a deflated stream that goes on with zeros for ever. */
function deflatedDicom(): Buffer {
  const parts: Part[] = [...greyImage(16, 16)]
  const plain = dicomBytes(parts, { preamble: false, meta: false })
  const head = dicomBytes([], { syntax: '1.2.840.10008.1.2.1.99' })
  // the empty data set of the head is two bytes of DEFLATE
  return Buffer.concat([head.subarray(0, head.length - 2), deflated(plain, GIGABYTE)])
}

/** Segments of an RLE frame that repeat one byte again and again. */
function rle(runs: number): Buffer {
  const head = Buffer.alloc(64)
  head.writeUInt32LE(1, 0)
  head.writeUInt32LE(64, 4)
  return Buffer.concat([head, Buffer.alloc(runs * 2, Buffer.from([0x81, 7]))])
}

const nesting = (depth: number) =>
  Buffer.alloc(depth * 20, Buffer.from('0800159953510000fffffffffeff00e0ffffffff', 'hex'))

/** Every bomb, each under the name of its format. */
export function bombs(): Bomb[] {
  const groups = Array.from({ length: 200_000 }, (): Part[] => [])
  const directory = Array.from({ length: 20_000 }, (): Part[] => [[0x00041500, 'CS', '..\\..\\ETC\\PASSWD']])
  const all: Record<string, Uint8Array> = {
    'deflated.dcm': deflatedDicom(),
    'volume-of-2-gb.nii.gz': gzip(niftiHead(1000, 1000, 1000), 2 * GIGABYTE),
    'volume-below-the-bound.nii.gz': gzip(niftiHead(1000, 1000, 300), GIGABYTE),
    'more-zeros-than-said.nii.gz': gzip(niftiHead(8, 8, 8), GIGABYTE),
    'million-slices.nii': niftiHead(1, 1, 32767, 32),
    'million-slices.nii.gz': gzip(niftiHead(1, 1, 32767, 32), 0),
    'volume-of-2-gb.nrrd': Buffer.concat([
      nrrdHead('gzip', 1000, 1000, 1000),
      gzip(Buffer.alloc(0), 2 * GIGABYTE),
    ]),
    'endless.nrrd': nrrdHead('raw', 2 ** 30, 2 ** 30, 2 ** 30),
    'absurd.png': png(60_000, 60_000),
    'absurd-side.png': png(2 ** 31 - 1, 1),
    'absurd.jpg': jpeg(0xc0, 65_535, 65_535),
    'absurd.tif': tiff(2 ** 31, 2 ** 31),
    'absurd.webp': webp(2 ** 24, 16_384),
    'two-sizes.webp': webp(16, 16_384),
    'jpeg.dcm': coded('1.2.840.10008.1.2.4.50', jpeg(0xc0, 65_535, 65_535)),
    'jpeg-12-bit.dcm': coded('1.2.840.10008.1.2.4.51', jpeg(0xc1, 65_535, 65_535, 12)),
    'jpeg-lossless.dcm': coded('1.2.840.10008.1.2.4.70', jpeg(0xc3, 65_535, 65_535)),
    'jpeg-ls.dcm': coded('1.2.840.10008.1.2.4.80', jpeg(0xf7, 65_535, 65_535)),
    'jpeg-2000.dcm': coded('1.2.840.10008.1.2.4.90', jpeg2000(2 ** 31 - 1)),
    'jpeg-2000-tall.dcm': coded('1.2.840.10008.1.2.4.90', jpeg2000(5_000)),
    'htj2k.dcm': coded('1.2.840.10008.1.2.4.201', jpeg2000(2 ** 31 - 1, 0x4000)),
    'jpeg-xl.dcm': coded('1.2.840.10008.1.2.4.110', jpegXl(2 ** 30)),
    'jpeg-xl-large.dcm': coded('1.2.840.10008.1.2.4.110', jpegXl(20_000)),
    'rle-short.dcm': coded('1.2.840.10008.1.2.5', rle(10), 16_384),
    'rle-endless.dcm': coded('1.2.840.10008.1.2.5', rle(500_000), 64),
    'absurd.dcm': dicomBytes([...greyImage(65_535, 65_535), [0x7fe00010, 'OW', shorts(1)]]),
    'wide-numbers.dcm': dicomBytes([...greyImage(16_384, 16_384, 64), [0x7fe00010, 'OW', shorts(1)]]),
    'frames.dcm': dicomBytes([
      ...greyImage(16, 16, 16, [[0x00280008, 'IS', '2147483647']]),
      [0x7fe00010, 'OW', shorts(1)],
    ]),
    'functional-groups.dcm': dicomBytes([
      ...greyImage(16, 16, 16, [
        [0x00280008, 'IS', '200000'],
        [0x52009230, 'SQ', groups],
      ]),
      [0x7fe00010, 'OW', shorts(1)],
    ]),
    'nesting.dcm': Buffer.concat([dicomBytes(greyImage(1, 1)), nesting(100_000)]),
    DICOMDIR: dicomBytes([[0x00041220, 'SQ', directory]]),
  }
  return Object.entries(all).map(([name, bytes]) => ({ name, bytes }))
}
