import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { sweep } from './sweep'

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'lepton-sweep-'))
})
afterEach(() => rmSync(data, { recursive: true, force: true }))

it('deletes what was left a day ago, and never a finished upload or a file of the library', async () => {
  for (const folder of ['uploads/open', 'uploads/done.taken', 'files/incoming', 'files/ab']) {
    mkdirSync(join(data, folder), { recursive: true })
    writeFileSync(join(data, folder, 'file'), 'x')
  }
  await sweep(data)
  expect(readdirSync(join(data, 'uploads')).sort()).toEqual(['done.taken', 'open'])
  await sweep(data, Date.now() + 25 * 3600 * 1000)
  expect(readdirSync(join(data, 'uploads'))).toEqual(['done.taken'])
  expect(readdirSync(join(data, 'files', 'incoming'))).toEqual([])
  expect(readdirSync(join(data, 'files', 'ab'))).toEqual(['file'])
})
