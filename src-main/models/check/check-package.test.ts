import { appendFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OnnxFile, onnxFile } from '#main/testing/onnx-file'
import { LeptonError } from '#shared/domain/fault'
import { isEnsemble, type ModelManifest } from '#shared/domain/model-manifest/index'
import { readManifest } from '../package'
import { writePackageWith } from '../testing/package-folder'
import { checkPackage } from './check-package'

/** The tiny package's network, to be changed. */
const network = (change: Partial<OnnxFile> = {}) => ({
  'model.onnx': onnxFile({
    nodes: [{ type: 'Conv', inputs: ['image', 'weights'], outputs: ['logits'] }],
    inputs: [{ name: 'image', shape: ['n', 3, 'h', 'w'] }],
    outputs: [{ name: 'logits', shape: ['n', 1, 'h', 'w'] }],
    weights: [{ name: 'weights', shape: [1, 3, 1, 1], values: [0, 1, 0] }],
    ...change,
  }),
})

describe('a package', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lepton-package-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const check = async (): Promise<LeptonError | null> => {
    try {
      const manifest = readManifest(folder)
      if (isEnsemble(manifest)) throw new Error('not a network')
      await checkPackage({ folder, manifest, bundled: false, fault: null })
      return null
    } catch (error) {
      if (error instanceof LeptonError) return error
      throw error
    }
  }
  const refusal = (change: Parameters<typeof writePackageWith>[1]) => {
    writePackageWith(folder, change)
    return check()
  }
  const tiny = () => writePackageWith(folder)

  it('is sound as it was published', async () => {
    tiny()
    expect(await check()).toBeNull()
    expect(await refusal({ files: network() })).toBeNull()
  })

  it('with a wrong hash is refused', async () => {
    tiny()
    appendFileSync(join(folder, 'golden/input.bin'), 'x')
    expect(await check()).toMatchObject({
      code: 'MODEL_HASH_MISMATCH',
      expected: expect.stringContaining('golden/input.bin of tiny@1.0.0'),
    })
  })

  it.each([['../model.onnx'], ['/etc/passwd'], ['golden/../../model.onnx']])(
    'naming %s, outside its folder, is refused',
    async (file) => {
      const { weights, files } = tiny()
      const change = {
        weights: weights.map((one) => ({ ...one, file })),
        files: { ...files, [file]: 'a'.repeat(64) },
      }
      expect(await refusal({ manifest: change })).toMatchObject({
        code: 'MODEL_INVALID',
        received: expect.stringContaining('a path has to stay inside the package'),
      })
    },
  )

  it('with a field that the format does not know is refused, wherever it stands', async () => {
    const { operatingPoint } = tiny()
    const misspelt = { operatingPoint: { ...operatingPoint, treshold: 0.9 } }
    expect(await refusal({ manifest: misspelt })).toMatchObject({
      code: 'MODEL_INVALID',
      received: expect.stringContaining('treshold'),
    })
  })

  it('of another format version is refused in words', async () => {
    const later = JSON.stringify({ ...tiny(), formatVersion: 2 })
    writeFileSync(join(folder, 'manifest.json'), later)
    expect((await check())?.received).toContain('this app reads format version 1')
  })

  it('whose outputs cannot do its task is refused', async () => {
    expect(await refusal({ manifest: { task: 'classification' } })).toMatchObject({
      code: 'MODEL_INVALID',
      expected: 'an output decoded as softmax, as the task classification needs',
      received: 'sigmoid-mask',
    })
  })

  it('with a link that leads out of its folder is refused', async () => {
    tiny()
    rmSync(join(folder, 'golden/input.bin'))
    symlinkSync('/etc/hostname', join(folder, 'golden/input.bin'))
    expect(await check()).toMatchObject({
      code: 'MODEL_INVALID',
      received: 'golden/input.bin, which leads elsewhere',
    })
  })

  it('with files that it does not name is refused; what systems leave about is not looked at', async () => {
    tiny()
    writeFileSync(join(folder, '.DS_Store'), 'x')
    expect(await check()).toBeNull()
    writeFileSync(join(folder, 'golden/more.bin'), 'x')
    expect(await check()).toMatchObject({ code: 'MODEL_INVALID', received: 'golden/more.bin' })
  })

  it('without one of its files is refused', async () => {
    tiny()
    rmSync(join(folder, 'golden/output.bin'))
    expect(await check()).toMatchObject({ code: 'MODEL_INVALID', expected: 'the file golden/output.bin' })
  })

  it('with external tensor data is refused', async () => {
    const weights = [{ name: 'weights', shape: [1, 3, 1, 1], values: [], external: 'weights.bin' }]
    expect(await refusal({ files: network({ weights }) })).toMatchObject({
      code: 'MODEL_INVALID',
      received: 'external data for weights',
    })
  })

  it('with an unknown operator is refused, also in a branch; one the file defines itself is known', async () => {
    const odd = { type: 'Frobnicate', domain: 'my.ops', inputs: ['image'], outputs: ['logits'] }
    expect(await refusal({ files: network({ nodes: [odd] }) })).toMatchObject({
      received: 'my.ops.Frobnicate',
    })
    const branches = [
      { type: 'If', outputs: ['logits'], graphs: { else_branch: { nodes: [{ type: 'Frob' }] } } },
    ]
    expect(await refusal({ files: network({ nodes: branches }) })).toMatchObject({ received: 'ai.onnx.Frob' })
    const functions = [{ domain: 'my.ops', name: 'Frobnicate', nodes: [{ type: 'Relu' }] }]
    expect(await refusal({ files: network({ nodes: [odd], functions }) })).toBeNull()
  })

  it('of an operator set or format newer than the runtime is refused', async () => {
    expect(await refusal({ files: network({ opsets: { '': 99 } }) })).toMatchObject({ received: '99' })
    expect(await refusal({ files: network({ irVersion: 99 }) })).toMatchObject({ received: '99' })
  })

  it.each<[string, Partial<OnnxFile>, string]>([
    ['name', { inputs: [{ name: 'data', shape: ['n', 3, 'h', 'w'] }] }, 'data'],
    ['type', { inputs: [{ name: 'image', shape: ['n', 3, 'h', 'w'], type: 2 }] }, 'uint8 [n, 3, h, w]'],
    ['channels', { inputs: [{ name: 'image', shape: ['n', 1, 'h', 'w'] }] }, 'float [n, 1, h, w]'],
    ['rank', { inputs: [{ name: 'image', shape: ['n', 3] }] }, 'float [n, 3]'],
    ['fixed side', { inputs: [{ name: 'image', shape: ['n', 3, 64, 'w'] }] }, 'a fixed 64'],
    [
      'second input',
      {
        inputs: [
          { name: 'image', shape: [1, 3, 'h', 'w'] },
          { name: 'size', shape: [1, 2] },
        ],
      },
      'image, size',
    ],
  ])('whose input has another %s is refused', async (_, change, received) => {
    expect(await refusal({ files: network(change) })).toMatchObject({ code: 'MODEL_INVALID', received })
  })

  it('whose network has other fixed sides than its size policy is refused', async () => {
    const size = { policy: 'resize', rows: 8, columns: 8, filter: 'bilinear' } as const
    const { input } = tiny()
    const files = network({ inputs: [{ name: 'image', shape: [1, 3, 8, 16] }] })
    expect(await refusal({ manifest: { input: { ...input, size } }, files: files })).toMatchObject({
      code: 'MODEL_INVALID',
      expected: 'input image of model.onnx as float [?, 3, 8, 8]',
    })
  })

  it.each<[string, Partial<OnnxFile>]>([
    ['name', { outputs: [{ name: 'mask', shape: ['n', 1, 'h', 'w'] }] }],
    ['number of planes', { outputs: [{ name: 'logits', shape: ['n', 2, 'h', 'w'] }] }],
    ['rank', { outputs: [{ name: 'logits', shape: ['n', 1] }] }],
    ['type', { outputs: [{ name: 'logits', shape: ['n', 1, 'h', 'w'], type: 7 }] }],
  ])('whose output has another %s is refused', async (_, change) => {
    expect(await refusal({ files: network(change) })).toMatchObject({
      code: 'MODEL_INVALID',
      expected: expect.stringContaining('output logits'),
    })
  })

  it('whose golden sample has another size is refused', async () => {
    const files = { 'golden/input.bin': Buffer.alloc(12) }
    expect(await refusal({ files })).toMatchObject({
      expected: '768 bytes in golden/input.bin (float32 1 x 3 x 8 x 8)',
      received: '12 bytes',
    })
  })

  it.each<[string, (manifest: ModelManifest) => Partial<ModelManifest>, string]>([
    [
      'a label that is not there',
      ({ outputs }) => ({ outputs: outputs.map((one) => ({ ...one, labels: ['dark'] })) }),
      'dark',
    ],
    [
      'two labels of one index',
      ({ labels }) => ({ labels: [...labels, ...labels.map((one) => ({ ...one, id: 'other' }))] }),
      '1 twice',
    ],
    ['a label twice', ({ labels }) => ({ labels: [...labels, ...labels] }), 'bright twice'],
    [
      'a group that is not there',
      ({ labels }) => ({ labels: labels.map((one) => ({ ...one, group: 'light' })) }),
      'light',
    ],
    [
      'an operating point for a label that is not there',
      ({ operatingPoint }) => ({ operatingPoint: { ...operatingPoint, label: 'dark' } }),
      'dark',
    ],
    ['two files of one precision', ({ weights }) => ({ weights: [...weights, ...weights] }), 'float32 twice'],
    [
      'no golden input',
      ({ golden }) => ({ golden: { inputs: golden.inputs.map((one) => ({ ...one, name: 'x' })) } }),
      'x',
    ],
    [
      'a network without a hash',
      ({ files: { 'model.onnx': _, ...files } }) => ({ files }),
      'golden/input.bin, golden/output.bin',
    ],
  ])('with %s is refused', async (_, change, received) => {
    expect(await refusal({ manifest: change(tiny()) })).toMatchObject({ code: 'MODEL_INVALID', received })
  })

  it('with means for another number of channels is refused', async () => {
    const { input } = tiny()
    const intensity = { kind: 'scale' as const, divisor: 255, mean: [0, 0], std: [1] }
    expect(await refusal({ manifest: { input: { ...input, intensity } } })).toMatchObject({
      expected: 'one number or 3 in input.intensity.mean',
    })
  })
})
