import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeSample } from './index'

let home = ''

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'samples-'))
})

afterAll(async () => {
  await rm(home, { recursive: true, force: true })
})

it('makes the thigh whole, and only once', async () => {
  const folder = join(home, 'thigh')
  await makeSample('thigh', folder)
  const names = (await readdir(folder)).sort()
  expect(names).toHaveLength(48)
  expect(names[0]).toBe('IM0001.dcm')
  const { mtimeMs } = await stat(join(folder, 'IM0001.dcm'))
  await makeSample('thigh', folder)
  expect((await stat(join(folder, 'IM0001.dcm'))).mtimeMs).toBe(mtimeMs)
  expect(await readdir(home)).toEqual(['thigh'])
}, 90_000)
