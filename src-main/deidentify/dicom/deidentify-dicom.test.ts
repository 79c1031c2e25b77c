import { describe, expect, test } from 'vitest'
import { dicomBytes, greyImage, type Part, shorts } from '#main/imaging/testing/dicom-file'
import { deidentified } from '../testing'

const UID = '1.2.826.0.1.3680043.9.7'
const person: Part[] = [
  [0x00080005, 'CS', 'ISO_IR 192'],
  [0x00080018, 'UI', `${UID}.3`],
  [0x00080020, 'DA', '20240229'],
  [0x00080050, 'SH', 'ACC-778812'],
  [0x00080080, 'LO', 'St. Elsewhere'],
  [0x00080090, 'PN', 'House^Gregory'],
  [0x00081030, 'LO', 'Knee of Ms Müllerová, 29.02.2024, MRN4711001'],
  [0x00081010, 'SH', 'MR-KELLER'],
  [0x00081140, 'SQ', [[[0x00081155, 'UI', `${UID}.9`]]]],
  [0x00100010, 'PN', 'Müllerová^Žaneta'],
  [0x00100020, 'LO', 'MRN4711001'],
  [0x00100030, 'DA', '19700105'],
  [0x00181030, 'LO', 'T1 for Müllerová'],
  [0x00190010, 'LO', 'ACME 1.0'],
  [0x00191001, 'DS', '1000'],
  [0x00191002, 'LO', 'Müllerová'],
  [0x0020000d, 'UI', `${UID}.1`],
  [0x0020000e, 'UI', `${UID}.2`],
  [0x00200052, 'UI', `${UID}.4`],
  [0x60003000, 'OW', shorts(1, 2)],
]
const pixels: Part = [0x7fe00010, 'OW', shorts(1, 2, 3, 4)]
const image = (more: Part[] = []) => [...greyImage(2, 2, 16, [...person, ...more]), pixels]
const secrets = [
  'Müllerová',
  'Žaneta',
  'MRN4711001',
  '19700105',
  '20240229',
  'ACC-778812',
  'Elsewhere',
  'House',
  UID,
]

describe('every syntax', () => {
  test.each([
    ['explicit', '1.2.840.10008.1.2.1'],
    ['implicit', '1.2.840.10008.1.2'],
    ['big endian', '1.2.840.10008.1.2.2'],
    ['deflated', '1.2.840.10008.1.2.1.99'],
  ])('%s keeps its layout and pixels and loses the person', async (_, syntax) => {
    const { object, name } = await deidentified(dicomBytes(image(), { syntax }))
    const { dataset } = object
    expect(object.syntax.uid).toBe(syntax)
    const head = Buffer.from(dataset.bytes).toString('utf8')
    for (const secret of secrets) expect(head).not.toContain(secret)
    expect(dataset.code(0x00120062)).toBe('YES')
    expect(dataset.items(0x00120064)[0]?.text(0x00080100)).toBe('113100')
    expect(dataset.code(0x00280303)).toBe('REMOVED')
    expect(dataset.text(0x00100020)).toMatch(/^LS-[2-9A-Z]{10}$/)
    expect(name.startsWith(dataset.text(0x00100020) ?? '-')).toBe(true)
    const stored = object.source.read(object.pixels?.offset ?? 0, 8)
    expect([...stored]).toEqual(
      syntax === '1.2.840.10008.1.2.2' ? [0, 1, 0, 2, 0, 3, 0, 4] : [1, 0, 2, 0, 3, 0, 4, 0],
    )
  })

  test('fragments stay byte for byte, with their offset table', async () => {
    const fragments = [Uint8Array.from([1, 2, 3, 4]), Uint8Array.from([5, 6])]
    const parts = [...greyImage(1, 2, 16, person), [0x7fe00010, 'OB', { fragments, offsets: [0] }] as Part]
    const original = dicomBytes(parts, { syntax: '1.2.840.10008.1.2.4.50' })
    const { bytes } = await deidentified(original)
    const from = (file: Buffer) => file.subarray(file.indexOf(Buffer.from('e07f1000', 'hex')))
    expect(from(bytes).equals(from(original))).toBe(true)
  })

  test('the meta group is new and the preamble empty', async () => {
    const original = dicomBytes(image())
    original.write('#!/bin/sh')
    const { bytes, object } = await deidentified(original)
    expect(bytes.subarray(0, 128).every((byte) => byte === 0)).toBe(true)
    const instance = object.dataset.code(0x00080018) ?? '-'
    expect(bytes.indexOf(instance)).toBeLessThan(bytes.lastIndexOf(instance))
  })
})

describe('what refers to one another', () => {
  test('the same UID becomes the same new one wherever it stands, in every file', async () => {
    const first = await deidentified(dicomBytes(image()))
    const second = await deidentified(dicomBytes(image([[0x00080018, 'UI', `${UID}.9`]])))
    const reference = first.object.dataset.item(0x00081140)?.code(0x00081155)
    expect(reference).toMatch(/^2\.25\.\d+$/)
    expect(second.object.dataset.code(0x00080018)).toBe(reference)
    expect(second.object.dataset.code(0x0020000d)).toBe(first.object.dataset.code(0x0020000d))
    expect(second.object.dataset.text(0x00100010)).toBe(first.object.dataset.text(0x00100010))
  })

  test('dates of one patient move by the same days', async () => {
    const day = async (date: string) => {
      const { object } = await deidentified(dicomBytes(image([[0x00080020, 'DA', date]])), {
        retainDates: true,
      })
      const [, year, month, on] = object.dataset.code(0x00080020)?.match(/(\d{4})(\d\d)(\d\d)/) ?? []
      return Date.UTC(Number(year), Number(month) - 1, Number(on)) / 86_400_000
    }
    const [before, after] = [await day('20240229'), await day('20250301')]
    expect(after - before).toBe(366)
    expect(before).toBeLessThan(Date.UTC(2024, 1, 1) / 86_400_000)
  })
})

describe('options', () => {
  test('descriptions stay without the person', async () => {
    const { object, report } = await deidentified(dicomBytes(image()), { cleanDescriptors: true })
    expect(object.dataset.text(0x00081030)).toBe('Knee of Ms ***, ***, ***')
    expect(object.dataset.text(0x00181030)).toBe('T1 for ***')
    expect(report.risks).toContain('free-text')
  })

  test('the device stays where it is asked for', async () => {
    expect((await deidentified(dicomBytes(image()))).object.dataset.text(0x00081010)).toBe('REMOVED')
    const kept = await deidentified(dicomBytes(image()), { retainDevice: true })
    expect(kept.object.dataset.text(0x00081010)).toBe('MR-KELLER')
  })

  test('private elements stay by allow list, with their creator, without the person', async () => {
    const none = await deidentified(dicomBytes(image()))
    expect([...none.object.dataset.elements.keys()].filter((tag) => (tag >> 16) % 2 !== 0)).toEqual([])
    const keepPrivate = ['0019,"ACME 1.0",01', '(0019,"ACME 1.0",02)']
    const { object, report } = await deidentified(dicomBytes(image()), { keepPrivate })
    expect(object.dataset.text(0x00190010)).toBe('ACME 1.0')
    expect(object.dataset.text(0x00191001)).toBe('1000')
    expect(object.dataset.text(0x00191002)).toBe('***')
    expect(report.keptPrivate).toEqual(['0019,"ACME 1.0",01', '0019,"ACME 1.0",02'])
  })

  test('boxes are covered in every frame, and nothing else', async () => {
    const parts = [...greyImage(2, 2, 16, [...person, [0x00280008, 'IS', '2']])]
    const data: Part = [0x7fe00010, 'OW', shorts(1, 2, 3, 4, 5, 6, 7, 8)]
    const boxes = [{ x: 1, y: 0, width: 5, height: 1 }]
    const { object, report } = await deidentified(dicomBytes([...parts, data]), { cleanPixels: true }, boxes)
    const stored = object.source.read(object.pixels?.offset ?? 0, 16)
    expect([...new Uint16Array(stored.buffer)]).toEqual([1, 0, 3, 4, 5, 0, 7, 8])
    expect(object.dataset.code(0x00280301)).toBe('NO')
    expect(report).toMatchObject({ masked: boxes, uncompressed: false })
  })
})

test('overlays go, and what no dictionary knows', async () => {
  const { object } = await deidentified(dicomBytes(image([[0x00089999, 'LO', 'unheard of']])))
  expect(object.dataset.has(0x60003000)).toBe(false)
  expect(object.dataset.has(0x00089999)).toBe(false)
})

test('a document as a whole is refused, and no file is left', async () => {
  const document = dicomBytes([[0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.104.1'], ...person])
  await expect(deidentified(document)).rejects.toMatchObject({ code: 'NOT_DEIDENTIFIABLE' })
})
