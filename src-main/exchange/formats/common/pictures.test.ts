import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readHeader } from '#main/imaging'
import { startBeside } from '../../jobs/beside'
import type { WriteContext } from '../../types'
import { imageOf } from '../testing/sets'
import { placePicture } from './pictures'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lepton-pictures-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('writes a photograph that lies turned in its file upright, as its annotations are', async () => {
  const failures: unknown[] = []
  const beside = startBeside()
  const context: WriteContext = {
    app: { name: 'Lepton Studio', version: '1.0.0' },
    formats: ['yolo'],
    signal: new AbortController().signal,
    beside,
    written: () => {},
    failed: (_item, error) => failures.push(error),
    skipped: () => {},
  }
  const image = imageOf(1, [], { turned: true, rows: 48, columns: 32 })
  await placePicture(image, join(folder, 'one.jpg'), 'copy', context)
  await beside.settled()
  expect(failures).toEqual([])
  const { header } = await readHeader(join(folder, 'one.jpg'))
  expect(header.instance).toMatchObject({ rows: 48, columns: 32, exifOrientation: 1 })
})
