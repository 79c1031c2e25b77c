import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type GraphValue, type OnnxFile, onnxFile } from '#main/testing/onnx-file'
import type { ModelTask } from '#shared/domain/model-manifest/index'
import { assemble } from '../making/assemble'
import { readOnnx } from '../onnx/read-model'
import { proposeManifest } from './propose'

describe('a proposal', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lepton-propose-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const image = { name: 'images', shape: ['batch', 3, 640, 640] }
  /** A graph with these outputs, each from an operator of the given type. */
  const graphOf = (outputs: readonly (GraphValue & { by?: string })[], change: Partial<OnnxFile> = {}) => {
    const nodes = outputs.map(({ name, by }) => ({ type: by ?? 'Relu', inputs: ['images'], outputs: [name] }))
    const path = join(folder, 'model.onnx')
    writeFileSync(path, onnxFile({ nodes, inputs: [image], outputs, ...change }))
    return readOnnx(path)
  }
  /** Proposes and makes sure that the network agrees with what was proposed. */
  const propose = (...[outputs, change, asked]: [...Parameters<typeof graphOf>, ModelTask?]) => {
    const model = graphOf(outputs, change)
    const proposed = proposeManifest(model, 'My network v2', asked ?? null)
    expect(assemble(proposed.manifest, model).files).toHaveProperty('model.onnx')
    return proposed
  }

  it('takes the columns of a version 8 detector and the names it notes', () => {
    const names = `{${Array.from({ length: 3 }, (_, at) => `${at}: 'thing ${at}'`).join(', ')}}`
    const { manifest, guesses } = propose([{ name: 'output0', shape: ['batch', 7, 8400] }], {
      metadata: { names },
    })
    expect(manifest).toMatchObject({
      id: 'my-network-v2',
      task: 'detection',
      labels: [{ id: 'thing-0' }, { id: 'thing-1' }, { id: 'thing-2' }],
      input: { size: { policy: 'letterbox', rows: 640 }, intensity: { divisor: 255 } },
      outputs: [{ decode: 'yolo', arrangement: 'columns', objectness: false }],
    })
    expect(guesses).not.toContain('labels')
  })

  it('takes the rows of a version 5 detector, and masks with their coefficients', () => {
    expect(propose([{ name: 'output', shape: [1, 25200, 85] }]).manifest).toMatchObject({
      outputs: [{ decode: 'yolo', arrangement: 'rows', objectness: true }],
      labels: { length: 80 },
    })
    const masks = propose([
      { name: 'output0', shape: [1, 38, 8400] },
      { name: 'output1', shape: [1, 32, 160, 160] },
    ])
    expect(masks.manifest).toMatchObject({
      outputs: [{ decode: 'yolo', masks: { name: 'output1', coefficients: 32 } }],
      labels: { length: 2 },
    })
  })

  it('takes detections that were suppressed already', () => {
    expect(propose([{ name: 'output0', shape: [1, 300, 6] }]).manifest.outputs).toMatchObject([
      { decode: 'detections', unit: 'pixels' },
    ])
    const tensors = propose([
      { name: 'detection_boxes', shape: [1, 100, 4] },
      { name: 'detection_scores', shape: [1, 100] },
      { name: 'detection_classes', shape: [1, 100] },
      { name: 'num_detections', shape: [1] },
    ])
    expect(tensors.manifest.outputs).toMatchObject([
      { decode: 'detection-tensors', scores: 'detection_scores', count: 'num_detections' },
    ])
  })

  it.each<[string, GraphValue & { by?: string }, object]>([
    [
      'logits',
      { name: 'logits', shape: ['n', 10], by: 'Gemm' },
      { task: 'classification', outputs: [{ decode: 'softmax', activation: 'softmax' }] },
    ],
    [
      'a softmax',
      { name: 'out', shape: ['n', 1000], by: 'Softmax' },
      { task: 'classification', outputs: [{ decode: 'softmax', activation: 'none' }] },
    ],
    [
      'a sigmoid',
      { name: 'out', shape: ['n', 14], by: 'Sigmoid' },
      { task: 'multi-label', outputs: [{ decode: 'multi-label', activation: 'none' }] },
    ],
    [
      'a vector',
      { name: 'embedding', shape: ['n', 512], by: 'Gemm' },
      { task: 'embedding', labels: [], outputs: [{ decode: 'embedding', dimensions: 512, normalise: true }] },
    ],
    [
      'one plane',
      { name: 'mask', shape: ['n', 1, 640, 640], by: 'Conv' },
      { task: 'segmentation', outputs: [{ decode: 'sigmoid-mask', labels: ['label-1'] }] },
    ],
    [
      'planes with a background',
      { name: 'out', shape: ['n', 4, 160, 160], by: 'Conv' },
      { task: 'segmentation', outputs: [{ decode: 'softmax-mask', labels: { length: 3 } }] },
    ],
  ])('takes %s for what it is', (_, output, expected) => {
    expect(propose([output]).manifest).toMatchObject(expected)
  })

  it('listens to a person about the task', () => {
    const vector = { name: 'out', shape: ['n', 40], by: 'Gemm' }
    expect(propose([vector], {}, 'embedding').manifest.outputs[0]?.decode).toBe('embedding')
    expect(propose([vector], {}, 'multi-label').manifest.outputs[0]?.decode).toBe('multi-label')
    expect(() => propose([vector], {}, 'detection')).toThrow(/MODEL_INVALID.*outputs of detection/)
  })

  it('takes clicks as a second input', () => {
    const clicks = { name: 'clicks', shape: ['batch', 3, 640, 640] }
    const { manifest } = propose([{ name: 'mask', shape: [1, 1, 640, 640] }], { inputs: [image, clicks] })
    expect(manifest).toMatchObject({
      task: 'promptable-segmentation',
      labels: [],
      input: { prompt: { name: 'clicks' } },
      outputs: [{ decode: 'prompted-mask' }],
    })
  })

  it('takes channels last, grey, neighbouring slices and free sides from the shape of the input', () => {
    const logits = [{ name: 'logits', shape: ['n', 2], by: 'Gemm' }]
    const inputOf = (shape: GraphValue['shape'], type?: number) => {
      const inputs = [{ name: 'images', shape, ...(type === undefined ? {} : { type }) }]
      return propose(logits, { inputs })
    }
    expect(inputOf([1, 224, 224, 3], 2).manifest.input).toMatchObject({
      layout: 'NHWC',
      type: 'uint8',
      intensity: { divisor: 1, mean: [0], std: [1] },
    })
    expect(inputOf([1, 1, 96, 96]).manifest).toMatchObject({
      input: { channels: { kind: 'grey', count: 1 } },
      fits: { domain: 'medical' },
    })
    expect(inputOf([1, 5, 96, 96]).manifest.input.channels).toEqual({
      kind: 'neighbours',
      offsets: [-2, -1, 0, 1, 2],
    })
    const free = inputOf(['n', 3, 'h', 'w'])
    expect(free.manifest.input.size).toMatchObject({ rows: 224, columns: 224 })
    expect(free.guesses).toContain('free-size')
  })

  it('is not made where no input is an image', () => {
    const inputs = [{ name: 'images', shape: ['n', 16000] }]
    expect(() => propose([{ name: 'logits', shape: ['n', 2] }], { inputs })).toThrow(/an image input/)
  })
})
