import { describe, expect, test } from 'vitest'
import { openInstance, readHeader } from '..'
import { dicomBytes, greyImage, type Part, shorts, temporaryFile } from '../testing/dicom-file'

const headerOf = async (more: Part[], rows = 1, columns = 2) => {
  const parts = greyImage(rows, columns, 16, more)
  const pixels: Part = [0x7fe00010, 'OW', new Uint8Array(4096)]
  return (await readHeader(temporaryFile('image.dcm', dicomBytes([...parts, pixels])))).header
}
const doubles = (value: number) => new Uint8Array(Float64Array.of(value).buffer)

describe('facts', () => {
  test('dates and times are ISO, empty values null', async () => {
    const header = await headerOf([
      [0x00080020, 'DA', '20240229'],
      [0x00080030, 'TM', '134501.25'],
      [0x00100030, 'DA', '1970.01.31'],
      [0x00100020, 'LO', ''],
      [0x00180080, 'DS', '500 '],
    ])
    expect(header.study).toMatchObject({ date: '2024-02-29', time: '13:45:01' })
    expect(header.subject).toMatchObject({ birthDate: '1970-01-31', id: null, name: 'Doe^Jane' })
    expect(header.acquisition).toEqual({ TR: '500' })
  })

  test('windows come with their names', async () => {
    const header = await headerOf([
      [0x00281050, 'DS', '40\\-600'],
      [0x00281051, 'DS', '400\\1500'],
      [0x00281055, 'LO', 'SOFT\\LUNG'],
      [0x00281056, 'CS', 'SIGMOID'],
    ])
    expect(header.instance.voiFunction).toBe('SIGMOID')
    expect(header.instance.windows).toEqual([
      { center: 40, width: 400, explanation: 'SOFT' },
      { center: -600, width: 1500, explanation: 'LUNG' },
    ])
  })
})

describe('geometry', () => {
  const spacingOf = async (more: Part[]) => {
    const [{ spacing, spacingSource } = { spacing: null, spacingSource: null }] = (await headerOf(more))
      .geometry
    return { spacing, spacingSource }
  }

  test('says which tag the spacing is from', async () => {
    expect(await spacingOf([[0x00280030, 'DS', '0.5\\0.7']])).toEqual({
      spacing: [0.5, 0.7],
      spacingSource: 'PixelSpacing',
    })
    expect(await spacingOf([[0x00181164, 'DS', '0.1\\0.1']])).toEqual({
      spacing: [0.1, 0.1],
      spacingSource: 'ImagerPixelSpacing',
    })
    expect(await spacingOf([[0x00280030, 'DS', '0\\0']])).toEqual({ spacing: null, spacingSource: 'none' })
  })

  test('ultrasound regions count only where they agree', async () => {
    const region = (delta: number): Part[] => [
      [0x00186012, 'US', shorts(1)],
      [0x00186024, 'US', shorts(3)],
      [0x00186026, 'US', shorts(3)],
      [0x0018602c, 'FD', doubles(delta)],
      [0x0018602e, 'FD', doubles(-delta)],
    ]
    const source = { spacing: [0.2, 0.2], spacingSource: 'UltrasoundRegion' }
    expect(await spacingOf([[0x00186011, 'SQ', [region(0.02), region(0.02)]]])).toEqual(source)
    expect((await spacingOf([[0x00186011, 'SQ', [region(0.02), region(0.03)]]])).spacing).toBeNull()
  })

  test('enhanced objects have position, rescale and window frame by frame', async () => {
    const frame = (z: number): Part[] => [
      [0x00209113, 'SQ', [[[0x00200032, 'DS', `1\\2\\${z}`]]]],
      [
        0x00289132,
        'SQ',
        [
          [
            [0x00281050, 'DS', `${z * 10}`],
            [0x00281051, 'DS', '50'],
          ],
        ],
      ],
      [
        0x00289145,
        'SQ',
        [
          [
            [0x00281052, 'DS', `${z}`],
            [0x00281053, 'DS', '2'],
          ],
        ],
      ],
    ]
    const shared: Part[] = [
      [0x00209116, 'SQ', [[[0x00200037, 'DS', '1\\0\\0\\0\\1\\0']]]],
      [
        0x00289110,
        'SQ',
        [
          [
            [0x00180050, 'DS', '3'],
            [0x00280030, 'DS', '0.4\\0.4'],
          ],
        ],
      ],
    ]
    const parts = greyImage(1, 2, 16, [
      [0x00280008, 'IS', '2'],
      [0x52009229, 'SQ', [shared]],
      [0x52009230, 'SQ', [frame(5), frame(8)]],
    ])
    const path = temporaryFile('enhanced.dcm', dicomBytes([...parts, [0x7fe00010, 'OW', shorts(1, 2, 3, 4)]]))
    const instance = await openInstance(path)
    expect(instance.header.geometry).toMatchObject([
      { position: [1, 2, 5], orientation: [1, 0, 0, 0, 1, 0], spacing: [0.4, 0.4], thickness: 3 },
      { position: [1, 2, 8] },
    ])
    expect(await instance.frame(1)).toMatchObject({
      slope: 2,
      intercept: 8,
      windows: [{ center: 80, width: 50 }],
      spacing: [0.4, 0.4],
    })
  })

  test('a dose grid lies along its normal', async () => {
    const { geometry, instance } = await headerOf([
      [0x00200032, 'DS', '0\\0\\100'],
      [0x00200037, 'DS', '1\\0\\0\\0\\1\\0'],
      [0x00280008, 'IS', '2'],
      [0x3004000c, 'DS', '0\\-2.5'],
      [0x3004000e, 'DS', '0.001'],
    ])
    expect(geometry.map(({ position }) => position)).toEqual([
      [0, 0, 100],
      [0, 0, 97.5],
    ])
    expect(instance.rescale).toEqual({ slope: 0.001, intercept: 0, unit: 'Gy' })
  })
})
