import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { OwnedStore } from './owned-store'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lepton-store-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const bytes = Buffer.from('a picture')
const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

it('keeps the same content once', async () => {
  const store = new OwnedStore(folder)
  const keep = () => store.keep(async () => Readable.from([bytes]), crc32(bytes))
  expect((await keep()).path).toBe((await keep()).path)
  expect(files()).toHaveLength(1)
})

it('a content that fails at once is an error of this call, and leaves nothing', async () => {
  const failing = async () => {
    const stream = new Readable({ read() {} })
    setImmediate(() => stream.destroy(new Error('too many bytes')))
    return stream
  }
  await expect(new OwnedStore(folder).keep(failing, 0)).rejects.toThrow('too many bytes')
  expect(files()).toEqual([])
})

it('refuses a content of another checksum', async () => {
  const keeping = new OwnedStore(folder).keep(async () => Readable.from([bytes]), crc32(bytes) ^ 1)
  await expect(keeping).rejects.toMatchObject({ code: 'ARCHIVE_INVALID' })
  expect(files()).toEqual([])
})
