import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { lepton } from '../fixtures/command'
import { sharedData, temporaryFolder } from '../fixtures/paths'

const outcome = z.object({
  job: z.object({ done: z.number(), failed: z.number() }),
  files: z.array(z.string()),
  problems: z.array(z.unknown()),
})

const objectsBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.dcm'))
    .map((entry) => join(entry.parentPath, entry.name))

test('what a model proposes goes out as DICOM objects and into another library', async () => {
  const series = sharedData('sts-dicom/STS_002/MR_T1/image')
  const contours = sharedData('sts-dicom/STS_002/MR_T1/mask/RS.dcm')
  test.skip(series === null || contours === null, 'the shared test data is not here')
  const home = temporaryFolder('exchange')
  const [out, data, other] = ['out', 'data', 'other'].map((name) => join(home, name))
  if (!out || !data || !other) throw new Error('three folders')

  const formats = 'seg,seg-fractional,sr,sc,coco'
  const scored = await lepton(['score', series ?? '', '--out', out, '--format', formats, '--data', data])
  expect(scored.status, scored.stderr).toBe(0)
  const objects = objectsBelow(out)
  expect(objects.length).toBeGreaterThanOrEqual(4)
  for (const path of objects) {
    const { error, stderr } = spawnSync('dciodvfy', [path], { encoding: 'utf8' })
    if (!error)
      expect([path, stderr.split('\n').filter((line) => line.startsWith('Error'))]).toEqual([path, []])
  }

  const taken = await lepton(['import', series ?? '', '--data', other])
  expect(taken.status, taken.stderr).toBe(0)
  const read = await lepton([
    'import-annotations',
    join(out, 'seg'),
    contours ?? '',
    '--data',
    other,
    '--json',
  ])
  expect(read.status, read.stderr).toBe(0)
  expect(outcome.parse(JSON.parse(read.stdout))).toMatchObject({ job: { done: 2, failed: 0 }, problems: [] })

  const again = join(home, 'again')
  const written = await lepton([
    'export',
    '--all',
    '--format',
    'seg',
    '--out',
    again,
    '--data',
    other,
    '--json',
  ])
  expect(written.status, written.stderr).toBe(0)
  expect(outcome.parse(JSON.parse(written.stdout)).files).toHaveLength(1)

  const refused = await lepton(['export', '--all', '--format', 'papyrus', '--out', again, '--data', other])
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain('INPUT_INVALID')
  await rm(home, { recursive: true })
})
