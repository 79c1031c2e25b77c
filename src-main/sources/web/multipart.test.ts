import { describe, expect, it } from 'vitest'
import { boundaryOf, readParts } from './multipart'

async function* inPieces(body: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
}

async function partsOf(body: string | Buffer, size = 7, boundary = 'b') {
  const parts: { type: string | undefined; content: Buffer }[] = []
  for await (const part of readParts(inPieces(Buffer.from(body), size), boundary)) {
    const pieces: Buffer[] = []
    for await (const piece of part.content) pieces.push(piece)
    parts.push({ type: part.headers.get('content-type'), content: Buffer.concat(pieces) })
  }
  return parts
}

const tricky = Buffer.from('\r\n--\r\n-b\r\n--B--\0\xff', 'latin1')
const body = Buffer.concat([
  Buffer.from('before\r\n--b\r\nContent-Type: application/dicom\r\nX: 1\r\n\r\n'),
  tricky,
  Buffer.from('\r\n--b  \r\n\r\nsecond\r\n--b\r\nContent-Type: a\r\n\r\n\r\n--b--\r\nafter'),
])

describe('readParts', () => {
  it.each([1, 2, 3, 5, 8, 13, 64, 1000])('reads the same parts in pieces of %i bytes', async (size) => {
    expect(await partsOf(body, size)).toEqual([
      { type: 'application/dicom', content: tricky },
      { type: undefined, content: Buffer.from('second') },
      { type: 'a', content: Buffer.alloc(0) },
    ])
  })

  it('passes over what is left of a part', async () => {
    const seen: string[] = []
    for await (const part of readParts(inPieces(body, 4), 'b')) {
      seen.push(part.headers.get('content-type') ?? '')
      for await (const _ of part.content) break
    }
    expect(seen).toEqual(['application/dicom', '', 'a'])
  })

  it.each([
    ['no boundary at all', 'x'.repeat(200_000)],
    ['an end in the midst of a part', body.subarray(0, 60)],
    ['an end in the midst of headers', '--b\r\nContent-Ty'],
    ['headers without end', `--b\r\n${'A: b\r\n'.repeat(10_000)}`],
    ['text after a boundary', '--bad\r\n\r\nx\r\n--b--'],
    ['nothing', ''],
  ])('refuses %s', async (_, broken) => {
    await expect(partsOf(broken, 1000)).rejects.toMatchObject({ code: 'SOURCE_ANSWER_INVALID' })
  })
})

it.each([
  ['multipart/related; type="application/dicom"; boundary=abc', 'abc'],
  ['Multipart/Related;boundary="a b;c"; type=x', 'a b;c'],
  ['multipart/related; type=x', null],
  ['application/dicom', null],
  [undefined, null],
])('boundaryOf(%s)', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary)
})
