import { expect, test } from 'vitest'
import { inspectFile, openInstance, readHeader } from '..'
import { dicomBytes, greyImage, shorts, temporaryFile } from '../testing/dicom-file'

const image = () => dicomBytes([...greyImage(1, 2), [0x7fe00010, 'OW', shorts(5, 6)]])

function withPreamble(start: string, at = 0): string {
  const bytes = image()
  bytes.write(start, at, 'latin1')
  return temporaryFile('image.dcm', bytes)
}

test.each([
  ['MZ\x90\0', 'a Windows program'],
  ['\x7fELF\x02', 'a Linux program'],
  ['\xcf\xfa\xed\xfe', 'a macOS program'],
  ['#!/bin/sh\nrm -rf ~\n', 'a script'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['<HTML><script>', 'a web page'],
  ['%PDF-1.7', 'a PDF document'],
])('%j before an image is said, and the image is one', async (start, disguise) => {
  const path = withPreamble(start)
  expect(await readHeader(path)).toMatchObject({ disguise, header: { format: 'dicom' } })
  expect(await inspectFile(path)).toMatchObject({ status: 'ok', disguise })
  expect([...(await (await openInstance(path)).frame(0)).data]).toEqual([5, 6])
})

test('markup and documents are found behind the start, too', async () => {
  expect((await readHeader(withPreamble('GIF89a <script>', 9))).disguise).toBe('a web page')
  expect((await readHeader(withPreamble('%PDF-', 40))).disguise).toBe('a PDF document')
})

test('zeros, pictures of another kind and files without preamble are no disguise', async () => {
  expect((await readHeader(withPreamble(''))).disguise).toBeNull()
  expect((await readHeader(withPreamble('II*\0\x08'))).disguise).toBeNull()
  const bare = dicomBytes([...greyImage(1, 1), [0x7fe00010, 'OW', shorts(1)]], {
    preamble: false,
    meta: false,
  })
  expect((await readHeader(temporaryFile('bare.dcm', bare))).disguise).toBeNull()
  expect(await inspectFile(withPreamble(''))).not.toHaveProperty('disguise')
})
