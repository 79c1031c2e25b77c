import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { inspectFile, openInstance, readDirectory, readHeader } from '..'
import { dicomBytes, greyImage, type Part, shorts, temporaryFile } from '../testing/dicom-file'

const PIXELS = 0x7fe00010
const BIG = '1.2.840.10008.1.2.2'
const pixels: Part = [PIXELS, 'OW', shorts(1, 2, 3, 6)]

test('an object that begins with a high private group keeps its byte order', async () => {
  const parts: Part[] = [
    [0x3f030010, 'LO', 'somebody'],
    [0x3f031001, 'LO', 'something'],
  ]
  const path = temporaryFile('private.dcm', dicomBytes(parts, { syntax: '1.2.840.10008.1.2' }))
  expect(await inspectFile(path)).toMatchObject({ status: 'no-pixels', transferSyntax: '1.2.840.10008.1.2' })
})

test.each(['??', 'OX'])('a short element of the unknown VR %s is passed over', async (vr) => {
  const bytes = dicomBytes([...greyImage(1, 4), pixels])
  const samplesPerPixel = bytes.indexOf(Buffer.from([0x28, 0, 2, 0, 0x55, 0x53]))
  bytes.write(vr, samplesPerPixel + 4, 'latin1')
  expect(await inspectFile(temporaryFile('vr.dcm', bytes))).toMatchObject({ status: 'ok', mean: 3 })
})

test('whole numbers of 64 bits are hashed as they are', async () => {
  const values = new Uint8Array(BigUint64Array.of(2n ** 64n - 1n, 2n ** 53n + 1n).buffer)
  const parts: Part[] = [...greyImage(1, 2, 64), [PIXELS, 'OW', values]]
  const found = await inspectFile(temporaryFile('wide.dcm', dicomBytes(parts)))
  const hash = createHash('sha256').update(values).digest('hex')
  expect(found).toMatchObject({ status: 'ok', dtype: 'uint64', sha256_frame0_le: hash })
})

test('bytes in big endian words are shown in their places', async () => {
  const image = greyImage(1, 3, 8)
  const parts: Part[] = [...image, [PIXELS, 'OW', Uint8Array.of(10, 20, 30, 0)]]
  const frame = await (
    await openInstance(temporaryFile('words.dcm', dicomBytes(parts, { syntax: BIG })))
  ).frame(0)
  expect([...frame.data]).toEqual([10, 20, 30])
})

test('pixel data that the file cuts off are told as such', async () => {
  const parts: Part[] = [...greyImage(1, 4, 8), [PIXELS, 'OB', { fragments: [Uint8Array.of(1, 2, 3, 4)] }]]
  const bytes = dicomBytes(parts, { syntax: '1.2.840.10008.1.2.1.98' })
  expect(await inspectFile(temporaryFile('whole.dcm', bytes))).toMatchObject({ status: 'ok', max: 4 })
  const cut = temporaryFile('cut.dcm', bytes.subarray(0, bytes.length - 10))
  expect(await inspectFile(cut)).toMatchObject({
    status: 'no-pixels',
    object: expect.stringContaining('ends within the pixel data'),
  })
})

test('what stands before a damage is told, and the damage', async () => {
  const bytes = dicomBytes([...greyImage(1, 4), [0x00400254, 'LO', 'x'.repeat(400)]])
  const path = temporaryFile('torn.dcm', bytes.subarray(0, bytes.length - 100))
  expect(await inspectFile(path)).toMatchObject({
    status: 'no-pixels',
    patientName: 'Doe^Jane',
    object: expect.stringContaining('damaged'),
  })
  await expect(readHeader(path)).rejects.toThrow('DICOM_INVALID')
})

test('Korean without escape sequences is read', async () => {
  const name = Buffer.from([0x48, 0x3d, 0xb1, 0xe8, 0x5e, 0xc8, 0xf1, 0xc1, 0xdf])
  const parts: Part[] = [[0x00080005, 'CS', '\\ISO 2022 IR 149'], ...greyImage(1, 4), pixels].map((part) =>
    part[0] === 0x00100010 ? [0x00100010, 'PN', new Uint8Array([...name, 0x20])] : part,
  ) as Part[]
  const { header } = await readHeader(temporaryFile('korean.dcm', dicomBytes(parts)))
  expect(header.subject.name).toBe('H=김^희중')
})

test('a picture is no directory', () => {
  expect(readDirectory(temporaryFile('image.dcm', dicomBytes([...greyImage(1, 4), pixels])))).toBeNull()
})
