import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readHeader } from '.'
import { sniff } from './sniff'
import { dicomBytes, greyImage, temporaryFile } from './testing/dicom-file'

const pixels = [0x7fe00010, 'OW', new Uint8Array(8)] as const
const image = [...greyImage(2, 2), [...pixels] as [number, string, Uint8Array]]

test.each([
  ['with preamble and meta group', {}],
  ['without preamble', { preamble: false }],
  ['without meta group', { preamble: false, meta: false }],
  ['implicit, without meta group', { preamble: false, meta: false, syntax: '1.2.840.10008.1.2' }],
  ['big endian, without meta group', { preamble: false, meta: false, syntax: '1.2.840.10008.1.2.2' }],
])('DICOM is known %s', async (_, shape) => {
  const path = temporaryFile('no-extension', dicomBytes(image, shape))
  expect((await readHeader(path)).header).toMatchObject({
    format: 'dicom',
    instance: { rows: 2, columns: 2 },
  })
})

test('strangers are described', () => {
  const received = (bytes: Buffer) => {
    try {
      return sniff(bytes)
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
  }
  expect(received(Buffer.from('PK\x03\x04rest'))).toContain('a ZIP archive')
  expect(received(Buffer.from('%PDF-1.7'))).toContain('a PDF document')
  expect(received(Buffer.from('patient,date,result\n'))).toContain('text that begins with “patient,date,res”')
  expect(received(Buffer.from([1, 2, 3, 4]))).toContain('bytes 01020304')
  expect(received(gzipSync('hello'))).toContain('gzip data that is not NIfTI')
})

test('what is no file is said in its own words', async () => {
  await expect(readHeader('/nowhere/at/all.dcm')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' })
  await expect(readHeader(import.meta.dirname)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' })
  await expect(readHeader(temporaryFile('empty', new Uint8Array()))).rejects.toMatchObject({
    code: 'FILE_EMPTY',
  })
})
