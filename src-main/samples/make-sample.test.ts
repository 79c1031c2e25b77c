import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { completeFolder } from './complete-folder'
import { makeSample } from './index'

let home = ''

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'samples-'))
})

afterAll(async () => {
  await rm(home, { recursive: true, force: true })
})

describe('makeSample', () => {
  it('makes the thigh once, whole, and restores a slice that was lost', async () => {
    const folder = join(home, 'thigh')
    await makeSample('thigh', folder)
    const names = await readdir(folder)
    expect(names).toHaveLength(48)
    const written = await stat(join(folder, 'IM0001.dcm'))
    const bytes = await readFile(join(folder, 'IM0024.dcm'))

    await makeSample('thigh', folder)
    expect((await stat(join(folder, 'IM0001.dcm'))).mtimeMs).toBe(written.mtimeMs)

    await rm(join(folder, 'IM0024.dcm'))
    await writeFile(join(folder, 'notes.txt'), 'mine')
    await makeSample('thigh', folder)
    expect(await readFile(join(folder, 'IM0024.dcm'))).toEqual(bytes)
    expect(await readdir(folder)).toEqual([...names, 'notes.txt'].sort())
    expect((await readdir(home)).filter((name) => name.endsWith('.partial'))).toEqual([])
  })
})

describe('completeFolder', () => {
  it('leaves nothing behind when filling fails', async () => {
    const folder = join(home, 'broken')
    const failing = completeFolder(folder, ['a', 'b'], async (draft) => {
      await writeFile(join(draft, 'a'), 'half')
      throw new Error('disk full')
    })
    await expect(failing).rejects.toThrow('disk full')
    expect(await readdir(home)).not.toContain('broken')
    expect((await readdir(home)).filter((name) => name.endsWith('.partial'))).toEqual([])
  })
})
