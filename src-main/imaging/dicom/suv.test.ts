import { describe, expect, test } from 'vitest'
import { openInstance, readHeader } from '..'
import { dicomBytes, greyImage, type Part, shorts, temporaryFile } from '../testing/dicom-file'

/** 70 kg, 370 MBq of F-18 given at 10:00, scanned from 11:00 on; stored 1000 x 2 Bq/ml. */
const pet = (change: Part[] = [], injection: Part[] = []): string => {
  const given: Part[] = [
    [0x00181072, 'TM', '100000.00'],
    [0x00181074, 'DS', '370000000'],
    [0x00181075, 'DS', '6586.2'],
    ...injection,
  ]
  const parts = greyImage(1, 2, 16, [
    [0x00080060, 'CS', 'PT'],
    [0x00080021, 'DA', '20240229'],
    [0x00080022, 'DA', '20240229'],
    [0x00080031, 'TM', '110000'],
    [0x00080032, 'TM', '110130'],
    [0x00101030, 'DS', '70'],
    [0x00280051, 'CS', 'DECY\\ATTN'],
    [0x00281050, 'DS', '5000.5'],
    [0x00281051, 'DS', '10001'],
    [0x00281052, 'DS', '0'],
    [0x00281053, 'DS', '2'],
    [0x00540016, 'SQ', [given]],
    [0x00541001, 'CS', 'BQML'],
    [0x00541102, 'CS', 'START'],
    ...change,
  ])
  return temporaryFile('pet.dcm', dicomBytes([...parts, [0x7fe00010, 'OW', shorts(0, 1000)]]))
}
const left = 2 ** (-3600 / 6586.2)
const factor = 70_000 / (370e6 * left)

describe('PET', () => {
  test('frames and their windows come as SUV', async () => {
    const frame = await (await openInstance(pet())).frame(0)
    expect(frame).toMatchObject({ unit: 'SUVbw', voiFunction: 'LINEAR_EXACT', intercept: 0 })
    expect((frame.data[1] as number) * frame.slope).toBeCloseTo(2000 * factor, 9)
    expect(frame.windows[0]?.center).toBeCloseTo(5000 * factor, 9)
    expect(frame.windows[0]?.width).toBeCloseTo(10_000 * factor, 9)
  })

  test('an injection at 23:30 was the day before a scan at 0:30', async () => {
    const night: Part[] = [
      [0x00080031, 'TM', '003000'],
      [0x00080032, 'TM', '003200'],
    ]
    const { suv } = (await readHeader(pet(night, [[0x00181072, 'TM', '233000']]))).header
    expect(suv).toEqual({ factor: expect.closeTo(factor, 12) })
  })

  test('a dated injection counts by its date', async () => {
    const given: Part[] = [[0x00181078, 'DT', '20240228110000.0']]
    const { suv } = (await readHeader(pet([], given))).header
    expect(suv).toEqual({ factor: expect.closeTo((70_000 / 370e6) * 2 ** (86_400 / 6586.2), 6) })
  })

  test('values stay activity where something is missing, and the header says what', async () => {
    const path = pet([[0x00101030, 'DS', '']])
    expect((await readHeader(path)).header.suv).toEqual({ missing: 'weight' })
    const frame = await (await openInstance(path)).frame(0)
    expect(frame).toMatchObject({ unit: 'BQML', slope: 2, windows: [{ center: 5000.5, width: 10_001 }] })
  })

  test('a series made after its images were acquired does not tell the start of the scan', async () => {
    const later: Part[] = [[0x00080031, 'TM', '150000']]
    expect((await readHeader(pet(later))).header.suv).toEqual({ missing: 'scan' })
    const ge: Part[] = [...later, [0x00090010, 'LO', 'GEMS_PETD_01'], [0x0009100d, 'DT', '20240229110000']]
    expect((await readHeader(pet(ge))).header.suv).toEqual({ factor: expect.closeTo(factor, 12) })
  })

  test('other images have no SUV', async () => {
    expect((await readHeader(pet([[0x00080060, 'CS', 'CT']]))).header.suv).toBeNull()
  })
})
