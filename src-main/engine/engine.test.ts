import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaOfRle } from '#shared/geometry/rle'
import { sharedData } from '../testing/shared-data'
import { startEngine } from './host'
import { buildEngine } from './testing/built-engine'
import { writeTinyModel } from './testing/tiny-model'
import type { Engine, ImageResult, ModelSource } from './types'

const folder = mkdtempSync(join(tmpdir(), 'lepton-engine-'))
const series = sharedData('sts-dicom/STS_002/MR_T1/image')
let built: Awaited<ReturnType<typeof buildEngine>>
let engine: Engine
let model: ModelSource

beforeAll(async () => {
  built = await buildEngine()
  engine = startEngine({ entry: built.entry, threads: 2 })
  model = writeTinyModel(join(folder, 'tiny'))
})

afterAll(async () => {
  await engine.close()
  built.remove()
  rmSync(folder, { recursive: true })
})

describe.skipIf(!series)('on a real series', () => {
  const stack = series ? readdirSync(series).map((name) => ({ path: join(series, name), frame: 0 })) : []

  it('scores every slice once', async () => {
    const results: ImageResult[] = []
    const wanted = [...stack.keys()]
    const task = { model, provider: 'cpu' as const, threshold: 0.5, stack, wanted }
    await engine.score(task, (result) => results.push(result))
    expect(results.map((result) => result.index).sort((a, b) => a - b)).toEqual(wanted)
    for (const result of results) {
      if (result.status === 'failed') throw new Error(JSON.stringify(result.fault))
      expect(result.sha256).toMatch(/^[0-9a-f]{64}$/)
      for (const finding of result.findings) {
        expect(finding.mask && areaOfRle(finding.mask)).toBe(finding.areaPx)
      }
    }
    expect(results.some((result) => result.status === 'scored' && result.findings.length > 0)).toBe(true)
  })
})
