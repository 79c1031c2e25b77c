import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { startEngine } from '#main/engine/host'
import { type ToEngine, toEngine } from '#main/engine/protocol'
import { writeTinyModel } from '#main/engine/testing/tiny-model'
import type { Engine, ImageResult } from '#main/engine/types'
import { headerOf } from '#main/engine/work/display'
import { faultOf } from '#shared/domain/fault'
import { LibraryBench } from '../testing/bench'
import { writeDicom } from '../testing/tiny-dicom'

type Request = Extract<ToEngine, { type: 'request' }>
/** What the process says to a request. */
type Lie = (request: Request) => unknown[] | Promise<unknown[]>

interface Liar {
  engine: Engine
  /** How often the process was started, and how often it was ended from outside. */
  ended: { starts: number; kills: number }
}

/** An engine whose process was taken over by a file: every message crosses as between processes. */
function liarWho(lie: Lie): Liar {
  const ended = { starts: 0, kills: 0 }
  const engine = startEngine({
    entry: 'taken over',
    spawn: () => {
      ended.starts++
      let alive = true
      let receive: (message: unknown) => void = () => {}
      let exit: (reason: string) => void = () => {}
      return {
        send: (message) => {
          const said = toEngine.parse(message)
          if (said.type !== 'request') return
          void Promise.resolve(lie(said)).then((messages) => {
            if (alive) receive(deserialize(serialize(messages)))
          })
        },
        onMessage: (listener) => {
          receive = listener
        },
        onExit: (listener) => {
          exit = listener
        },
        kill: () => {
          if (!alive) return
          alive = false
          ended.kills++
          setImmediate(() => exit('SIGKILL'))
        },
      }
    },
  })
  return { engine, ended }
}

const own = (text: string): unknown => JSON.parse(text)
const pathsOf = ({ request }: Request) => (request.kind === 'headers' ? request.paths : [])
const headersOf = ({ id }: Request, results: { item: number; result: unknown }[]) => ({
  type: 'headers',
  id,
  results: results.map(({ item, result }) => ({ item, result: JSON.stringify(result) })),
})

let bench: LibraryBench | null = null
afterEach(async () => {
  await bench?.close()
  bench = null
})

/** What the library holds after an import of two files with this engine. */
async function imported(lie: Lie) {
  const liar = liarWho(lie)
  bench = new LibraryBench(liar.engine)
  for (const n of [1, 2]) writeDicom(join(bench.inputs, `${n}.dcm`), { instance: `1.2.1.1.${n}`, number: n })
  const job = await bench.import(bench.inputs)
  const tables = ['subjects', 'studies', 'series', 'instances', 'images']
  const rows = tables.map((table) => bench?.count(table) ?? 0)
  await liar.engine.close()
  return { job, rows, ...liar.ended }
}

const nothing = [0, 0, 0, 0, 0]

describe('a lying engine at an import', () => {
  const honest = async ({ path }: { path: string }) => headerOf(path)
  it.each<[string, Lie]>([
    ['says something that is no message', () => [{ type: 'own the host' }]],
    ['says no list', () => own('{"length": 1}') as unknown[]],
    [
      'sends a header that is no JSON',
      (request) => {
        const results = pathsOf(request).map(({ item }) => ({ item, result: '{"path":' }))
        return [{ type: 'headers', id: request.id, results }]
      },
    ],
    [
      'sends a header without measure',
      async (request) => {
        const [one] = pathsOf(request)
        if (!one) return []
        const result = JSON.stringify(await honest(one)).padEnd(2 ** 27)
        return [{ type: 'headers', id: request.id, results: [{ item: one.item, result }] }]
      },
    ],
    [
      'swaps the answers of two files',
      async (request) => {
        const [one, two] = pathsOf(request)
        if (!one || !two) return []
        const [first, second] = [await honest(one), await honest(two)]
        return [
          headersOf(request, [
            { item: one.item, result: second },
            { item: two.item, result: first },
          ]),
        ]
      },
    ],
    [
      'answers for a file that nobody named',
      async (request) => {
        const [one] = pathsOf(request)
        if (!one) return []
        return [
          headersOf(request, [{ item: one.item, result: { ...(await honest(one)), path: '/etc/passwd' } }]),
        ]
      },
    ],
    [
      'answers for items that were never asked for',
      async (request) => {
        const [one] = pathsOf(request)
        return one ? [headersOf(request, [{ item: 2 ** 40, result: await honest(one) }])] : []
      },
    ],
    [
      'tells of places for many frames of one',
      async (request) => {
        const [one] = pathsOf(request)
        const result = one && (await honest(one))
        if (!result || !('header' in result)) return []
        const geometry = Array.from({ length: 2 ** 14 }, () => result.header.geometry[0])
        return [
          headersOf(request, [
            { item: one.item, result: { ...result, header: { ...result.header, geometry } } },
          ]),
        ]
      },
    ],
    [
      'gives sizes that are no numbers',
      async (request) => {
        const [one] = pathsOf(request)
        if (!one) return []
        const result: unknown = { ...(await honest(one)), sizeBytes: { valueOf: 1 }, modifiedMs: Number.NaN }
        return [headersOf(request, [{ item: one.item, result }])]
      },
    ],
  ])('%s: it is ended and nothing of it is kept', async (_, lie) => {
    const { job, rows, starts, kills } = await imported(lie)
    expect(rows).toEqual(nothing)
    expect(job).toMatchObject({ done: 0 })
    expect(kills).toBeGreaterThan(0)
    expect(starts).toBeLessThan(20)
  })

  it('cannot reach into prototypes', async () => {
    const { rows } = await imported(async (request) => {
      const results = await Promise.all(
        pathsOf(request).map(async (one) => {
          const result = JSON.stringify(await honest(one))
          const poisoned = result.replace(
            '{',
            '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},',
          )
          return { item: one.item, result: own(poisoned) }
        }),
      )
      const { id } = request
      return [
        own(`{"__proto__":{"polluted":true},"type":"headers","id":${id},"results":[]}`),
        headersOf(request, results),
        { type: 'done', id },
      ]
    })
    expect(rows).toEqual([1, 1, 1, 2, 2])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('a lying engine at other requests', () => {
  const frame = {
    rows: 2,
    columns: 2,
    samples: 1,
    type: 'uint8',
    photometric: 'MONOCHROME2',
    slope: 1,
    intercept: 0,
    unit: null,
    windows: [],
    voiFunction: 'LINEAR',
    min: 0,
    max: 1,
    padding: null,
    spacing: null,
    data: new Uint8Array(4),
  }
  it.each([
    ['more samples than said', { ...frame, data: new Uint8Array(2 ** 20) }],
    ['fewer samples than said', { ...frame, rows: 60_000, columns: 60_000 }],
    ['a size below nothing', { ...frame, rows: -2, columns: -2 }],
    ['samples of another type', { ...frame, data: new Float64Array(4) }],
    ['no samples', { ...frame, data: { length: 4 } }],
  ])('hands over %s and is ended', async (_, wrong) => {
    const { engine, ended } = liarWho(({ id }) => [
      { type: 'answer', id, answer: { kind: 'frame', frame: wrong } },
    ])
    const fault = await engine.frame({ path: 'a', frame: 0 }).catch(faultOf)
    expect(fault).toMatchObject({ code: 'ENGINE_CRASHED' })
    expect(ended.kills).toBeGreaterThan(0)
    await engine.close()
  })

  it('answers something else than was asked and is ended', async () => {
    const { engine, ended } = liarWho(({ id }) => [
      { type: 'answer', id, answer: { kind: 'thumbnail', type: 'text/html', bytes: new Uint8Array(1) } },
    ])
    await expect(engine.frame({ path: 'a', frame: 0 })).rejects.toMatchObject({ code: 'ENGINE_CRASHED' })
    expect(ended.kills).toBeGreaterThan(0)
    await engine.close()
  })
})

describe('a lying engine at scoring', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-liar-'))
  const model = writeTinyModel(join(folder, 'tiny'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const finding = { label: 'x', score: 1, meanProbability: 1, box: null, areaPx: 1, areaMm2: null }
  const info = { rows: 4, columns: 4, mapRows: 4, mapColumns: 4, crop: [0, 0, 2, 2], labels: ['x'] }
  const scored = {
    index: 0,
    status: 'scored',
    sha256: '0',
    findings: [],
    classes: [],
    embedding: null,
    map: null,
    milliseconds: 1,
  }
  const masked = (mask: object) => ({ ...scored, findings: [{ ...finding, mask }] })
  const mapped = (bytes: number, crop = [0, 0, 2, 2]) => ({
    ...scored,
    map: { info: { ...info, crop }, bytes: new Uint8Array(bytes) },
  })
  it.each<[string, object]>([
    ['an image that was never asked for', { ...scored, index: 7 }],
    ['a mask whose runs do not fill its picture', masked({ rows: 4, columns: 4, runs: [15] })],
    ['a mask of negative runs', masked({ rows: 4, columns: 4, runs: [20, -4] })],
    ['a mask without measure', masked({ rows: 2 ** 30, columns: 2 ** 30, runs: [2 ** 60] })],
    ['a map of the wrong size', mapped(2 ** 20)],
    ['a map that lies outside its image', mapped(4, [3, 3, 2, 2])],
    ['a map of negative size', mapped(4, [0, 0, -2, -2])],
    ['an embedding beyond measure', { ...scored, embedding: new Float32Array(2 ** 20) }],
    ['scores that are no numbers', { ...scored, findings: [{ ...finding, score: Number.NaN, mask: null }] }],
  ])('tells of %s and is ended', async (_, result) => {
    const { engine, ended } = liarWho(({ id }) => [
      { type: 'images', id, results: [result] },
      { type: 'done', id },
    ])
    const given: ImageResult[] = []
    const task = { model, provider: 'cpu' as const, threshold: 0.5, flips: false, stack: [], wanted: [0] }
    const outcome = await engine.score(task, (one) => given.push(one)).catch(faultOf)
    expect(outcome).toMatchObject({ code: 'ENGINE_CRASHED' })
    expect(given).toEqual([])
    expect(ended.kills).toBeGreaterThan(0)
    await engine.close()
  })
})
