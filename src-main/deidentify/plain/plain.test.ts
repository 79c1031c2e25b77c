import { deflateSync, gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { memorySource } from '#main/imaging/byte-source'
import { readNiftiHeader } from '#main/imaging/nifti/header'
import { probe } from '#main/imaging/raster/probe'
import { rewritten } from '../testing'
import { minimalExif } from './minimal-exif'

const SECRET = 'Jane Doe 52.5200N'
const text = (value: string) => Buffer.from(value, 'latin1')

function pngChunk(type: string, data: Uint8Array): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, text(type), data, Buffer.alloc(4)])
}

function jpegSegment(marker: number, data: Uint8Array): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(data.length + 2)
  return Buffer.concat([Uint8Array.of(0xff, marker), length, data])
}

describe('pictures', () => {
  test('a PNG keeps what it is drawn from', async () => {
    const header = Buffer.from('0000000100000001080000000000', 'hex').subarray(0, 13)
    const drawn = [pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(Uint8Array.of(0, 7)))]
    const end = pngChunk('IEND', Buffer.alloc(0))
    const signature = text('\x89PNG\r\n\x1a\n')
    const texts = ['tEXt', 'iTXt', 'tIME', 'eXIf'].map((type) => pngChunk(type, text(SECRET)))
    const { made, written } = await rewritten(
      Buffer.concat([signature, ...drawn, ...texts, end, text(SECRET)]),
    )
    expect(written.equals(Buffer.concat([signature, ...drawn, end]))).toBe(true)
    expect(made.report.actions.map(({ tag }) => tag)).toEqual(['eXIf', 'iTXt', 'tEXt', 'tIME'])
    expect(made.name).toMatch(/^pictures\/[2-9A-Z]{16}\.png$/)
  })

  test('a JPEG keeps how it is turned, and nothing else of its EXIF', async () => {
    const exif = Buffer.concat([text('Exif\0\0'), minimalExif(6), text(SECRET)])
    const frame = jpegSegment(0xc0, Uint8Array.of(8, 0, 4, 0, 6, 1, 1, 0x11, 0))
    const scan = Buffer.concat([
      jpegSegment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
      Uint8Array.of(1, 0xff, 0, 2),
    ])
    const rest = [jpegSegment(0xe1, exif), jpegSegment(0xed, text(SECRET)), jpegSegment(0xfe, text(SECRET))]
    const file = Buffer.concat([Uint8Array.of(0xff, 0xd8), ...rest, frame, scan, Uint8Array.of(0xff, 0xd9)])
    const { written } = await rewritten(Buffer.concat([file, text(SECRET)]))
    expect(written.toString('latin1')).not.toContain('Jane')
    expect(probe(memorySource(written), 'jpeg')).toMatchObject({ rows: 4, columns: 6, orientation: 6 })
    expect(written.includes(Buffer.concat([frame, scan]))).toBe(true)
  })

  test('a TIFF loses its describing fields and their values', async () => {
    const fields: [number, number, number, number][] = [
      [256, 3, 1, 2],
      [257, 3, 1, 3],
      [258, 3, 1, 8],
      [262, 3, 1, 1],
      [270, 2, SECRET.length, 200],
      [315, 2, SECRET.length, 240],
    ]
    const file = Buffer.alloc(300)
    file.write('II*\0\x08\0\0\0', 'latin1')
    file.writeUInt16LE(fields.length, 8)
    for (const [index, [tag, type, count, value]] of fields.entries()) {
      const at = 10 + index * 12
      file.writeUInt16LE(tag, at)
      file.writeUInt16LE(type, at + 2)
      file.writeUInt32LE(count, at + 4)
      file.writeUInt32LE(value, at + 8)
    }
    file.write(SECRET, 200, 'latin1')
    file.write(SECRET, 240, 'latin1')
    const { written } = await rewritten(file)
    expect(written.toString('latin1')).not.toContain('Jane')
    expect(probe(memorySource(written), 'tiff')).toMatchObject({ rows: 3, columns: 2 })
  })

  test('damaged ones are refused', async () => {
    const cut = Buffer.concat([text('\x89PNG\r\n\x1a\n'), pngChunk('IHDR', Buffer.alloc(13))])
    await expect(rewritten(cut)).rejects.toMatchObject({ code: 'IMAGE_CORRUPT' })
  })
})

test.each([false, true])('a NIfTI volume loses its texts and extensions (packed: %s)', async (packed) => {
  const volume = Buffer.alloc(352 + 64 + 8)
  volume.writeInt32LE(348, 0)
  volume.writeInt16LE(3, 40)
  for (const [at, size] of [2, 2, 2].entries()) volume.writeInt16LE(size, 42 + at * 2)
  volume.writeInt16LE(2, 70)
  volume.writeFloatLE(416, 108)
  volume.write('n+1\0', 344, 'latin1')
  volume.write(SECRET, 148, 'latin1')
  volume.writeUInt8(1, 348)
  volume.write(SECRET, 360, 'latin1')
  volume.set([1, 2, 3, 4, 5, 6, 7, 8], 416)
  const { made, written } = await rewritten(packed ? gzipSync(volume) : volume)
  const plain = packed ? gunzipSync(written) : written
  expect(plain.toString('latin1')).not.toContain('Jane')
  const { offset, size } = readNiftiHeader(plain)
  expect(size).toEqual([2, 2, 2])
  expect([...plain.subarray(offset)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(made.name.endsWith(packed ? '.nii.gz' : '.nii')).toBe(true)
})
