import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { completeFolder } from './complete-folder'

const names = ['a', 'b']
let home = ''
let fillings = 0

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'complete-'))
  fillings = 0
})

afterEach(async () => {
  await rm(home, { recursive: true, force: true })
})

async function fill(draft: string): Promise<void> {
  fillings++
  for (const name of names) await writeFile(join(draft, name), `whole ${name}`)
}

describe('completeFolder', () => {
  it('fills a new folder, also below folders that are not there, and leaves a full one alone', async () => {
    const folder = join(home, 'deep', 'er')
    await completeFolder(folder, names, fill)
    await completeFolder(folder, names, fill)
    expect(fillings).toBe(1)
    expect(await readdir(folder)).toEqual(names)
    expect(await readdir(join(home, 'deep'))).toEqual(['er'])
  })

  it('fills an empty folder', async () => {
    await completeFolder(home, names, fill)
    expect(await readdir(home)).toEqual(names)
  })

  it('gives back what was lost and keeps what others put there', async () => {
    const folder = join(home, 'used')
    await mkdir(folder)
    await writeFile(join(folder, 'b'), 'whole b')
    await writeFile(join(folder, 'notes'), 'mine')
    await completeFolder(folder, names, fill)
    expect(await readdir(folder)).toEqual(['a', 'b', 'notes'])
    expect(await readFile(join(folder, 'notes'), 'utf8')).toBe('mine')
    expect(await readdir(home)).toEqual(['used'])
  })

  it('leaves nothing behind when filling fails', async () => {
    const failing = completeFolder(join(home, 'broken'), names, async (draft) => {
      await writeFile(join(draft, 'a'), 'half')
      throw new Error('disk full')
    })
    await expect(failing).rejects.toThrow('disk full')
    expect(await readdir(home)).toEqual([])
  })
})
