import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type OnnxFile, onnxFile } from '#main/testing/onnx-file'
import { sharedData } from '#main/testing/shared-data'
import { LeptonError } from '#shared/domain/fault'
import { readOnnx } from './read-model'

const image = { name: 'image', shape: ['n', 3, 8, 8] }
const relu: OnnxFile = {
  nodes: [{ type: 'Relu', inputs: ['image'], outputs: ['out'] }],
  inputs: [image],
  outputs: [{ name: 'out', shape: ['n', 3, 8, 8] }],
}

describe('an ONNX file', () => {
  let folder: string
  const read = (bytes: Buffer) => {
    const path = join(folder, 'model.onnx')
    writeFileSync(path, bytes)
    return readOnnx(path)
  }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lepton-onnx-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('tells its inputs without weights, its outputs, operator sets and notes', () => {
    const model = read(
      onnxFile({
        ...relu,
        nodes: [
          { type: 'Mul', inputs: ['image', 'gain'], outputs: ['scaled'] },
          { type: 'FastGelu', domain: 'com.microsoft', inputs: ['scaled'], outputs: ['out'] },
        ],
        inputs: [image, { name: 'gain', shape: [1] }],
        weights: [{ name: 'gain', shape: [1], values: [2] }],
        opsets: { '': 17, 'com.microsoft': 1 },
        metadata: { names: "{0: 'cat'}" },
      }),
    )
    expect(model.inputs).toEqual([{ name: 'image', type: 'float', shape: ['n', 3, 8, 8] }])
    expect(model.outputs.map(({ name }) => name)).toEqual(['out'])
    expect(Object.fromEntries(model.opsets)).toEqual({ 'ai.onnx': 17, 'com.microsoft': 1 })
    expect([...model.operators.keys()]).toEqual(['ai.onnx.Mul', 'com.microsoft.FastGelu'])
    expect(model.producers.get('out')).toMatchObject({ type: 'FastGelu', inputs: ['scaled'] })
    expect(model.metadata.get('names')).toBe("{0: 'cat'}")
    expect([...model.parameters]).toEqual([['float', 1]])
  })

  it('looks into branches and functions', () => {
    const weights = [{ name: 'far', shape: [2], values: [], external: 'weights.bin' }]
    const branch = { nodes: [{ type: 'Odd', domain: 'my.ops', outputs: ['y'] }], weights }
    const model = read(
      onnxFile({
        ...relu,
        nodes: [
          ...relu.nodes,
          { type: 'If', inputs: ['c'], outputs: ['z'], graphs: { then_branch: branch } },
        ],
        functions: [{ domain: 'my.ops', name: 'Odd', nodes: [{ type: 'Sin', inputs: [], outputs: [] }] }],
      }),
    )
    expect(model.external).toEqual(['far'])
    expect([...model.operators.keys()]).toEqual(['ai.onnx.Relu', 'my.ops.Odd', 'ai.onnx.If', 'ai.onnx.Sin'])
    expect([...model.functions]).toEqual(['my.ops.Odd'])
    expect(model.outputs.map(({ name }) => name)).toEqual(['out'])
  })

  it('is refused with a reason wherever it is cut off or damaged, and nothing else happens', () => {
    const whole = onnxFile(relu)
    const refused: string[] = []
    for (let length = 1; length < whole.length; length++) {
      try {
        read(whole.subarray(0, length))
      } catch (error) {
        if (!(error instanceof LeptonError)) throw error
        refused.push(error.code)
      }
    }
    expect(new Set(refused)).toEqual(new Set(['MODEL_INVALID']))
    expect(refused.length).toBeGreaterThan(whole.length / 2)
    for (let at = 0; at < whole.length; at++) {
      const damaged = Buffer.from(whole)
      damaged[at] = 0xff
      try {
        read(damaged)
      } catch (error) {
        if (!(error instanceof LeptonError)) throw error
      }
    }
    expect(() => read(Buffer.from('not a network at all'))).toThrow(/MODEL_INVALID.*an ONNX file/)
  })

  it('is refused where graphs are nested without end', () => {
    let nested: OnnxFile = relu
    for (let depth = 0; depth < 40; depth++) {
      nested = { ...relu, nodes: [{ type: 'If', graphs: { then_branch: { nodes: nested.nodes } } }] }
    }
    expect(() => read(onnxFile(nested))).toThrow(/nested deeper/)
  })

  const ultraface = sharedData('onnx/ultraface_version-RFB-320.onnx')
  it.skipIf(!ultraface)('of a stranger is read as its author describes it', () => {
    const model = readOnnx(ultraface ?? '')
    expect(model.inputs).toEqual([{ name: 'input', type: 'float', shape: [1, 3, 240, 320] }])
    expect(model.outputs).toEqual([
      { name: 'scores', type: 'float', shape: [1, 4420, 2] },
      { name: 'boxes', type: 'float', shape: [1, 4420, 4] },
    ])
    expect(model).toMatchObject({ producer: 'pytorch', irVersion: 4, external: [] })
    expect(model.parameters.get('float')).toBeGreaterThan(250_000)
  })
})
