import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#main/database/open'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import type { Engine } from '#main/engine/types'
import { createJobs } from '#main/jobs/service'
import type { Jobs } from '#main/jobs/types'
import { createLibrary } from '#main/library/create-library'
import { sharedData } from '#main/testing/shared-data'
import type { DraftManifest } from '#shared/contract/model-wizard'
import { modelManifest } from '#shared/domain/model-manifest/index'
import { createModels } from '../service'
import type { Models } from '../types'
import { createWizard } from './service'
import type { ModelWizard } from './types'

const network = sharedData('onnx/ultraface_version-RFB-320.onnx')
const photograph = sharedData('grocery-detect/images/150063.jpg')
/** What ONNX Runtime in Python finds first in this photograph: share of width and height, and how sure. */
const face = { box: [0.532, 0.219, 0.677, 0.416], score: 0.84 }

describe.skipIf(!network || !photograph)('a stranger’s face detector, by manifest alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-wizard-'))
  const source = { kind: 'path', path: network ?? '' } as const
  let built: Awaited<ReturnType<typeof buildEngine>>
  let database: Database
  let engine: Engine
  let jobs: Jobs
  let models: Models
  let wizard: ModelWizard
  let described: DraftManifest

  beforeAll(async () => {
    built = await buildEngine()
    database = openDatabase(join(folder, 'library.sqlite'))
    engine = startEngine({ entry: built.entry, threads: 1 })
    jobs = createJobs(database)
    const library = createLibrary({ database, engine, jobs, dataFolder: folder, makeSample: async () => {} })
    const folders = [{ path: join(folder, 'models'), bundled: false }]
    models = createModels({ database, engine, folders, dataFolder: folder, appVersion: '1.0.0' })
    wizard = createWizard({ database, engine, library, models, dataFolder: folder })
    await jobs.settled(library.import([photograph ?? '']).jobId)
  }, 120_000)

  afterAll(async () => {
    await jobs.close()
    await engine.close()
    database.close()
    built.remove()
    rmSync(folder, { recursive: true })
  })

  it('is read and proposed as boxes with a background', async () => {
    const { draft, name, onnx } = await wizard.inspect(source)
    expect(name).toBe('ultraface_version-RFB-320')
    expect(onnx).toMatchObject({ precision: 'float32', opsets: [{ domain: 'ai.onnx', version: 9 }] })
    const { manifest, guesses } = await wizard.propose(draft, null)
    expect(manifest).toMatchObject({
      id: 'ultraface-version-rfb-320',
      task: 'detection',
      input: {
        name: 'input',
        layout: 'NCHW',
        channels: { kind: 'rgb' },
        size: { policy: 'resize', rows: 240, columns: 320 },
        intensity: { kind: 'scale', divisor: 1, mean: [127], std: [128] },
      },
      outputs: [
        {
          decode: 'boxes',
          boxes: { name: 'boxes', format: 'xyxy', unit: 'normalised' },
          scores: { name: 'scores', activation: 'none', background: 0 },
          labels: ['label-1'],
        },
      ],
    })
    expect(guesses).toEqual(expect.arrayContaining(['labels', 'intensity', 'background', 'box-format']))
    const grid = { policy: 'resize', rows: 240, columns: 320 } as const
    described = {
      ...manifest,
      id: 'ultraface',
      input: { ...manifest.input, size: { ...grid, filter: 'antialias' } },
      labels: [{ id: 'face', index: 1, name: { en: 'Face', zh: '人脸' }, colour: '#ff8800' }],
      outputs: manifest.outputs.map((output) =>
        'labels' in output ? { ...output, labels: ['face'] } : output,
      ),
      licence: 'MIT',
    }
    expect(await wizard.discard(draft)).toBe(true)
    await expect(wizard.propose(draft, null)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('finds in a picture at once what it finds elsewhere', async () => {
    const { draft } = await wizard.inspect(source)
    const { rows, columns, findings, classes } = await wizard.preview(draft, described, 1)
    const [first] = [...findings].sort((a, b) => b.score - a.score)
    expect(classes).toEqual([])
    expect(first?.label).toBe('face')
    expect(first?.score).toBeCloseTo(face.score, 1)
    const [x = 0, y = 0, width = 0, height = 0] = first?.box ?? []
    const shares = [x / columns, y / rows, (x + width) / columns, (y + height) / rows]
    shares.forEach((share, at) => {
      expect(share).toBeCloseTo(face.box[at] ?? 0, 2)
    })
    await wizard.discard(draft)
  }, 60_000)

  it('is refused with the reason where the description is wrong', async () => {
    const { draft } = await wizard.inspect(source)
    const [output] = described.outputs
    if (output?.decode !== 'boxes') throw new Error('no boxes')
    const wrong = { ...described, outputs: [{ ...output, scores: { ...output.scores, background: null } }] }
    await expect(wizard.preview(draft, wrong, 1)).rejects.toMatchObject({
      code: 'MODEL_INVALID',
      received: 'float [1, 4420, 2]',
    })
    const size = { policy: 'resize', rows: 320, columns: 320, filter: 'bilinear' } as const
    await expect(
      wizard.preview(draft, { ...described, input: { ...described.input, size } }, 1),
    ).rejects.toMatchObject({ code: 'MODEL_INVALID', received: 'float [1, 3, 240, 320]' })
    await expect(wizard.preview(draft, described, 99)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await wizard.discard(draft)
  })

  it('becomes a package that is installed, sound and in use', async () => {
    const { draft } = await wizard.inspect(source)
    const named = await wizard.write(draft, described, { activate: true })
    expect(named).toEqual({ id: 'ultraface', version: '1.0.0' })
    const model = await models.get('ultraface', '1.0.0')
    expect(model).toMatchObject({ active: true, fault: null, bundled: false })
    expect(model.card).toContain('No figures were measured')
    expect(readdirSync(join(folder, 'models/.drafts'))).toEqual([])
    const manifest = modelManifest.parse(
      JSON.parse(readFileSync(join(model.folder, 'manifest.json'), 'utf8')),
    )
    expect(Object.keys(manifest.files).sort()).toEqual([
      'card.md',
      'golden/boxes.bin',
      'golden/input.bin',
      'golden/scores.bin',
      'model.onnx',
    ])
    expect(manifest.weights[0]?.outputs.map(({ shape }) => shape)).toEqual([
      [1, 4420, 4],
      [1, 4420, 2],
    ])
    expect(await models.providerFor(manifest, 'cpu')).toBe('cpu')
    expect(existsSync(network ?? '')).toBe(true)
  }, 60_000)
})
