import { describe, expect, test } from 'vitest'
import { openInstance, readHeader } from '..'
import { dicomBytes, greyImage, type Part, shorts, temporaryFile } from '../testing/dicom-file'

const file = (parts: Part[], shape = {}) => temporaryFile('image.dcm', dicomBytes(parts, shape))
const pixels = (bytes: Uint8Array): Part => [0x7fe00010, 'OW', bytes]
const firstFrame = async (path: string, index = 0) => (await openInstance(path)).frame(index)

describe('data sets', () => {
  test.each([
    ['explicit', '1.2.840.10008.1.2.1'],
    ['implicit', '1.2.840.10008.1.2'],
    ['big endian', '1.2.840.10008.1.2.2'],
    ['deflated', '1.2.840.10008.1.2.1.99'],
  ])('%s gives the same frame', async (_, syntax) => {
    const frame = await firstFrame(file([...greyImage(1, 3), pixels(shorts(1, 700, 65535))], { syntax }))
    expect([...frame.data]).toEqual([1, 700, 65535])
    expect(frame).toMatchObject({ rows: 1, columns: 3, min: 1, max: 65535, photometric: 'MONOCHROME2' })
  })

  test('a header longer than the first read is found', async () => {
    const long: Part = [0x00291010, 'OB', new Uint8Array(300_000)]
    const path = file([...greyImage(1, 2), long, pixels(shorts(5, 6))])
    expect([...(await firstFrame(path)).data]).toEqual([5, 6])
  })

  test('nesting without end is refused', async () => {
    let nested: Part = [0x00089999, 'SQ', []]
    for (let depth = 0; depth < 200; depth++) nested = [0x00089999, 'SQ', [[nested]]]
    const { header } = await readHeader(file([...greyImage(1, 1), pixels(shorts(1))]))
    expect(header.instance.rows).toBe(1)
    const bottomless = Buffer.concat(
      Array.from({ length: 5000 }, () =>
        Buffer.from('08009999' + '53510000' + 'ffffffff' + 'feff00e0' + 'ffffffff', 'hex'),
      ),
    )
    const path = temporaryFile('deep.dcm', Buffer.concat([dicomBytes([]), bottomless]))
    await expect(readHeader(path)).rejects.toMatchObject({ code: 'DICOM_INVALID' })
  })

  test('absurd sizes are refused before memory is taken', async () => {
    const huge = greyImage(65535, 65535)
    await expect(readHeader(file([...huge, pixels(shorts(1))]))).rejects.toMatchObject({
      code: 'PIXELS_TOO_LARGE',
    })
  })

  test('an object without pixels is called by its name', async () => {
    const structures = file([[0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.481.3']])
    await expect(readHeader(structures)).rejects.toMatchObject({
      code: 'DICOM_NO_PIXELS',
      received: 'RT Structure Set',
    })
  })

  test('pixel data that end early are corrupt, the header is not', async () => {
    const path = file([...greyImage(4, 4), pixels(shorts(1, 2, 3))])
    expect((await readHeader(path)).header.instance.rows).toBe(4)
    await expect(firstFrame(path)).rejects.toMatchObject({ code: 'PIXELS_CORRUPT' })
    await expect(firstFrame(path, 1)).rejects.toMatchObject({ code: 'FRAME_OUT_OF_RANGE' })
  })

  test('a syntax nobody knows has a header but no frames', async () => {
    const path = file([...greyImage(1, 1), pixels(shorts(1))], { syntax: '1.2.840.10008.1.2.4.100' })
    await expect(openInstance(path)).rejects.toMatchObject({ code: 'TRANSFER_SYNTAX_UNSUPPORTED' })
  })
})

describe('stored values', () => {
  test('bits above the stored ones are removed and the sign is extended', async () => {
    const signed: Part[] = [
      [0x00280101, 'US', shorts(12)],
      [0x00280102, 'US', shorts(11)],
      [0x00280103, 'US', shorts(1)],
      [0x00280120, 'SS', shorts(0xf830)],
    ]
    const frame = await firstFrame(
      file([...greyImage(1, 3, 16, signed), pixels(shorts(0x0fff, 0x0800, 0xf005))]),
    )
    expect([...frame.data]).toEqual([-1, -2048, 5])
    expect(frame).toMatchObject({ type: 'int16', padding: -2000 })
  })

  test('twelve bits allocated are unpacked', async () => {
    const packed = Uint8Array.from([0x34, 0x12, 0xab])
    const frame = await firstFrame(file([...greyImage(1, 2, 12), [0x7fe00010, 'OW', packed]]))
    expect([...frame.data]).toEqual([0x234, 0xab1])
  })

  test('bits of several frames follow each other without a gap', async () => {
    const parts = greyImage(1, 3, 1, [[0x00280008, 'IS', '2']])
    const path = file([...parts, [0x7fe00010, 'OB', Uint8Array.from([0b101_011, 0])]])
    expect([...(await firstFrame(path, 0)).data]).toEqual([1, 1, 0])
    expect([...(await firstFrame(path, 1)).data]).toEqual([1, 0, 1])
  })

  test('float pixel data are read as they are', async () => {
    const data = new Uint8Array(Float32Array.from([0.5, -1e9]).buffer)
    const frame = await firstFrame(file([...greyImage(1, 2, 32), [0x7fe00008, 'OF', data]]))
    expect([...frame.data]).toEqual([0.5, -1e9])
    expect(frame.type).toBe('float32')
  })

  test('a modality look-up table is applied, with slope 1', async () => {
    const table: Part[] = [
      [0x00280008, 'IS', '1'],
      [
        0x00283000,
        'SQ',
        [
          [
            [0x00283002, 'US', shorts(3, 10, 16)],
            [0x00283004, 'LO', 'OD'],
            [0x00283006, 'OW', shorts(100, 200, 300)],
          ],
        ],
      ],
    ]
    const frame = await firstFrame(file([...greyImage(1, 4, 16, table), pixels(shorts(0, 10, 11, 99))]))
    expect([...frame.data]).toEqual([100, 100, 200, 300])
    expect(frame).toMatchObject({ slope: 1, intercept: 0, unit: 'OD' })
  })
})

describe('encapsulated frames', () => {
  const two = (more: Part[] = []) => greyImage(1, 2, 16, [[0x00280008, 'IS', '2'], ...more])
  const wrapped = { syntax: '1.2.840.10008.1.2.1.98' }
  const last = async (path: string) => [...(await firstFrame(path, 1)).data]

  test('one fragment a frame, without a table', async () => {
    const fragments = [shorts(1, 2), shorts(3, 4)]
    expect(await last(file([...two(), [0x7fe00010, 'OB', { fragments }]], wrapped))).toEqual([3, 4])
  })

  test('several fragments a frame, by the basic offset table', async () => {
    const fragments = [shorts(1), shorts(2), shorts(3), shorts(4)]
    const value = { fragments, offsets: [0, 20] }
    expect(await last(file([...two(), [0x7fe00010, 'OB', value]], wrapped))).toEqual([3, 4])
  })

  test('by the extended offset table', async () => {
    const longs = (...values: bigint[]) => new Uint8Array(BigUint64Array.from(values).buffer)
    const tables: Part[] = [
      [0x7fe00001, 'OV', longs(0n, 12n)],
      [0x7fe00002, 'OV', longs(4n, 4n)],
    ]
    const fragments = [shorts(1, 2), shorts(3, 4)]
    expect(await last(file([...two(tables), [0x7fe00010, 'OB', { fragments }]], wrapped))).toEqual([3, 4])
  })

  test('frames that are not there are corrupt', async () => {
    const path = file([...two(), [0x7fe00010, 'OB', { fragments: [shorts(1, 2)] }]], wrapped)
    await expect(firstFrame(path, 1)).rejects.toMatchObject({ code: 'PIXELS_CORRUPT' })
  })
})

describe('colour', () => {
  const colour = (photometric: string, more: Part[] = []) =>
    greyImage(1, 2, 8, [[0x00280002, 'US', shorts(3)], [0x00280004, 'CS', photometric], ...more])

  test('planes are interleaved', async () => {
    const planar = colour('RGB', [[0x00280006, 'US', shorts(1)]])
    const frame = await firstFrame(file([...planar, [0x7fe00010, 'OB', Uint8Array.from([1, 2, 3, 4, 5, 6])]]))
    expect([...frame.data]).toEqual([1, 3, 5, 2, 4, 6])
    expect(frame).toMatchObject({ samples: 3, photometric: 'RGB' })
  })

  test('YBR_FULL and uncompressed YBR_FULL_422 become RGB', async () => {
    const full = Uint8Array.from([76, 85, 255, 150, 44, 21])
    const red = await firstFrame(file([...colour('YBR_FULL'), [0x7fe00010, 'OB', full]]))
    expect([...red.data]).toEqual([254, 0, 0, 0, 255, 1])
    const half = Uint8Array.from([76, 76, 85, 255])
    const frame = await firstFrame(file([...colour('YBR_FULL_422'), [0x7fe00010, 'OB', half]]))
    expect([...frame.data]).toEqual([254, 0, 0, 254, 0, 0])
  })

  test('a segmented palette is expanded', async () => {
    const lut = shorts(0, 2, 0, 0, 1, 2, 0xff00)
    const palette = greyImage(1, 4, 8, [
      [0x00280004, 'CS', 'PALETTE COLOR'],
      ...[0x00281101, 0x00281102, 0x00281103].map((tag): Part => [tag, 'US', shorts(4, 0, 16)]),
      ...[0x00281221, 0x00281222, 0x00281223].map((tag): Part => [tag, 'OW', lut]),
    ])
    const frame = await firstFrame(file([...palette, [0x7fe00010, 'OB', Uint8Array.from([0, 1, 2, 3])]]))
    expect([...frame.data].filter((_, at) => at % 3 === 0)).toEqual([0, 0, 127, 255])
  })
})
