import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { makeFolder } from './make-folder'

const temporary = () => mkdtempSync(join(tmpdir(), 'lepton-folder-'))

it('makes a folder with those above it, and is content with one that is there', async () => {
  const path = join(temporary(), 'a/b/c')
  await makeFolder(path)
  await makeFolder(path)
  expect(statSync(path).isDirectory()).toBe(true)
})

it('refuses where a file is in the way', async () => {
  const path = join(temporary(), 'file')
  writeFileSync(path, '')
  await expect(makeFolder(path)).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolder(join(path, 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
})

it.runIf(process.platform === 'linux')('gives up where the system makes no folders', async () => {
  await expect(makeFolder('/proc/lepton/report')).rejects.toMatchObject({ code: 'ENOENT' })
})
