import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { initialWindow } from '#shared/pixels/initial-window'
import { displayBytes } from '#shared/pixels/voi'
import { openInstance } from '..'
import { dicomBytes, greyImage, type Part, shorts, temporaryFile } from '../testing/dicom-file'

const PIXELS = 0x7fe00010

const open = (parts: Part[]) => openInstance(temporaryFile('shown.dcm', dicomBytes(parts)))

const table = (first: number, ...levels: number[]): Part[] => [
  [0x00283002, 'US', shorts(levels.length, first & 0xffff, 8)],
  [0x00283003, 'LO', 'inverse'],
  [0x00283006, 'OW', shorts(...levels)],
]

test('a picture with a VOI LUT and no window is shown by the table', async () => {
  const parts = greyImage(1, 4, 16, [
    [0x00281052, 'DS', '-10'],
    [0x00281053, 'DS', '2'],
    [0x00283010, 'SQ', [table(-8, 255, 200, 100, 0)]],
  ])
  const frame = await (await open([...parts, [PIXELS, 'OW', shorts(0, 1, 2, 9)]])).frame(0)
  expect(frame.voiLuts).toMatchObject([{ explanation: 'inverse', first: -8, last: -5 }])
  // modality values -10, -8, -6 and 8: before the table, its first, its third, behind it
  expect([...displayBytes(frame, initialWindow(frame))]).toEqual([255, 255, 100, 0])
})

test('a window goes before a table, which stays to be chosen', async () => {
  const parts = greyImage(1, 2, 16, [
    [0x00281050, 'DS', '1'],
    [0x00281051, 'DS', '2'],
    [0x00283010, 'SQ', [table(0, 0, 255)]],
  ])
  const frame = await (await open([...parts, [PIXELS, 'OW', shorts(0, 1)]])).frame(0)
  expect(initialWindow(frame)).toMatchObject({ center: 1, width: 2 })
  expect(frame.voiLuts).toHaveLength(1)
})

test('an overlay of its own comes with its place, frame by frame', async () => {
  const overlay: Part[] = [
    [0x60000010, 'US', shorts(2)],
    [0x60000011, 'US', shorts(4)],
    [0x60000015, 'IS', '2'],
    [0x60000040, 'CS', 'R'],
    [0x60000050, 'SS', shorts(2, 3)],
    [0x60001500, 'LO', 'marks'],
    [0x60003000, 'OW', Uint8Array.of(0b1010_0101, 0b0000_1111)],
  ]
  const parts = greyImage(4, 8, 16, [[0x00280008, 'IS', '2'], ...overlay])
  const instance = await open([...parts, [PIXELS, 'OW', new Uint8Array(4 * 8 * 2 * 2)]])
  const plane = { group: '6000', kind: 'roi', label: 'marks', rows: 2, columns: 4, origin: [1, 2] }
  const [first, second] = await Promise.all([instance.frame(0), instance.frame(1)])
  expect(first.graphics).toMatchObject([plane])
  expect(bitsOf(first.graphics?.[0]?.bits)).toEqual([0b1010_0101])
  expect(bitsOf(second.graphics?.[0]?.bits)).toEqual([0b0000_1111])
})

test('an overlay in the unused bits of the pixels is drawn, and is no part of the values', async () => {
  const parts = greyImage(1, 8, 16, [
    [0x00280101, 'US', shorts(12)],
    [0x00280102, 'US', shorts(11)],
    [0x60020010, 'US', shorts(1)],
    [0x60020011, 'US', shorts(8)],
    [0x60020050, 'SS', shorts(1, 1)],
    [0x60020100, 'US', shorts(16)],
    [0x60020102, 'US', shorts(13)],
  ])
  const stored = [5, 0x2005, 7, 0x2007, 9, 9, 0x2fff, 0]
  const frame = await (await open([...parts, [PIXELS, 'OW', shorts(...stored)]])).frame(0)
  expect([...frame.data]).toEqual([5, 5, 7, 7, 9, 9, 0xfff, 0])
  expect(frame.graphics).toMatchObject([{ group: '6002', kind: 'graphics', origin: [0, 0] }])
  expect(bitsOf(frame.graphics?.[0]?.bits)).toEqual([0b0100_1010])
})

function bitsOf(base64 = ''): number[] {
  return [...inflateRawSync(Buffer.from(base64, 'base64'))]
}
