import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { startEngine } from '#main/engine/host'
import { buildEngine } from '#main/engine/testing/built-engine'
import { ExchangeBench } from '#main/exchange/dicom/testing/bench'
import { sharedData } from '#main/testing/shared-data'
import type { Annotation } from '#shared/domain/annotation/annotation'
import { augmentationRecipe } from '#shared/domain/data-set/augmentation'
import { dataSetQuestion } from '#shared/domain/data-set/question'
import { encodeRle } from '#shared/geometry/rle'

const copies = 2

/**
 * Pictures per second of an export with every augmentation there is, processor time of both processes, and how long
 * the main process let others wait meanwhile. Real photographs of a store, a mask and a box on each. Argument: photographs.
 */
export default async function benchAugment([many = '40']: string[]): Promise<void> {
  const source = sharedData('grocery-store/images')
  if (!source) return
  const built = await buildEngine()
  const bench = new ExchangeBench(startEngine({ entry: built.entry }))
  try {
    const { library: shelf } = bench
    const photographs = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.jpg'))
      .sort()
    const step = Math.floor(photographs.length / Number(many))
    mkdirSync(join(shelf.inputs, 'store'))
    for (let at = 0; at < Number(many); at++) {
      copyFileSync(join(source, photographs[at * step] ?? ''), join(shelf.inputs, 'store', `${at}.jpg`))
    }
    await shelf.import(join(shelf.inputs, 'store'))
    const pixels = annotate(bench)
    console.log(
      `${many} photographs of ${(pixels / Number(many) / 1e6).toFixed(2)} megapixels, ${copies} variants each; ` +
        `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`,
    )
    const { id } = bench.dataSets.create({
      name: 'bench',
      question: dataSetQuestion.parse({}),
      schemaId: null,
    })
    await bench.dataSets.freeze(id, '')
    await exportAll(bench, Number(many))
  } finally {
    await bench.library.engine.close()
    await bench.close()
    built.remove()
  }
}

async function exportAll({ exchange, library }: ExchangeBench, many: number): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const before = { clock: performance.now(), own: process.cpuUsage(), all: childSeconds() }
  delay.enable()
  const { jobId } = exchange.export({
    target: {
      kind: 'dataset',
      name: 'bench',
      augmentation: augmentationRecipe.parse({
        format: 'lepton-augmentation',
        formatVersion: 1,
        copies,
        flip: { horizontal: 0.5 },
        rotate: 15,
        scale: [0.8, 1.25],
        elastic: 0.02,
        noise: 0.02,
        blur: 1,
        gamma: [0.8, 1.25],
        contrast: [0.8, 1.25],
      }),
    },
    formats: ['yolo-segment'],
    folder: join(library.folder, 'out'),
  })
  const { state, failed } = await library.jobs.settled(jobId)
  delay.disable()
  const seconds = (performance.now() - before.clock) / 1000
  const { user, system } = process.cpuUsage(before.own)
  const own = (user + system) / 1e6
  const engine = childSeconds() - before.all
  console.log(`${state}, ${failed} failed`)
  console.log(`pictures per second                  ${((many * copies) / seconds).toFixed(2)}`)
  console.log(`processor time of main, a variant    ${((1000 * own) / (many * copies)).toFixed(0)} ms`)
  console.log(`processor time of engine, a variant  ${((1000 * engine) / (many * copies)).toFixed(0)} ms`)
  console.log(`longest the main process was away    ${(delay.max / 1e6).toFixed(0)} ms`)
}

/** Processor seconds of the processes this one started and that still run (Linux, 100 ticks a second). */
function childSeconds(): number {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .reduce((sum, pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')
      return sum + (Number(fields[11]) + Number(fields[12])) / 100
    }, 0)
}

/** A mask and a box on every photograph; gives their pixels in all. */
function annotate(bench: ExchangeBench): number {
  const { library, annotations } = bench
  const rows = library.database
    .prepare<[], { imageId: number; seriesId: number; studyId: number; rows: number; columns: number }>(
      `SELECT images.id AS imageId, series.id AS seriesId, study_id AS studyId, instances.rows, instances.columns FROM images
       JOIN instances ON instances.id = instance_id JOIN series ON series.id = images.series_id`,
    )
    .all()
  for (const { rows: height, columns: width, ...place } of rows) {
    const inside = Uint8Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [(i % width) / width - 0.5, Math.floor(i / width) / height - 0.5]
      return x * x + y * y < 0.09 ? 1 : 0
    })
    const one: Annotation = {
      ...place,
      id: randomUUID(),
      objectId: randomUUID(),
      reader: 'Li',
      label: 'milk',
      shape: { kind: 'mask', mask: encodeRle(inside, height, width) },
      attributes: {},
      state: 'drawn',
      origin: null,
      note: '',
      revision: 0,
      createdAt: '',
      updatedAt: '',
    }
    const box = {
      ...one,
      id: randomUUID(),
      objectId: randomUUID(),
      shape: {
        kind: 'box' as const,
        box: [0.2 * width, 0.3 * height, 0.3 * width, 0.2 * height] as [number, number, number, number],
        angle: 0,
      },
    }
    annotations.apply({
      id: randomUUID(),
      studyId: place.studyId,
      reader: one.reader,
      kind: 'draw',
      changes: [one, box].map((after) => ({ before: null, after })),
    })
  }
  return rows.reduce((sum, row) => sum + row.rows * row.columns, 0)
}
