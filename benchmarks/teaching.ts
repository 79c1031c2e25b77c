import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { sharedData } from '#main/testing/shared-data'
import { Chance } from '#shared/augment/chance'
import { installedModel } from '#shared/contract/models'

const lepton = join(import.meta.dirname, '../bin/lepton.mjs')
const results = z.object({
  items: z.array(z.object({ path: z.string(), probabilities: z.record(z.string(), z.number()) })),
})
const bins = 10

/** File names by label. */
type Pictures = ReadonlyMap<string, readonly string[]>

/**
 * What `lepton models teach` states of itself against what `lepton score` finds on pictures that nothing was taught with,
 * over draws of the examples. Argument: draws.
 */
export default function benchTeaching([draws = '3']: string[]): void {
  const store = sharedData('grocery-store')
  if (!store) return
  const { train, val } = partsOf(store)
  const ten = [...train]
    .filter(([label, own]) => own.length >= 20 && (val.get(label)?.length ?? 0) >= 3)
    .map(([label]) => label)
    .sort((a, b) => (val.get(b)?.length ?? 0) - (val.get(a)?.length ?? 0) || a.localeCompare(b))
    .slice(0, 10)
  for (let draw = 0; draw < Number(draws); draw++) {
    for (const shots of [5, 10, 20]) {
      const taught = new Map(ten.map((label) => [label, drawn(train, label, draw).slice(0, shots)]))
      const judged = new Map(ten.map((label) => [label, val.get(label) ?? []]))
      compare(store, `${shots} train pictures`, taught, judged)
    }
    const many = [...val].filter(([, own]) => own.length >= 5).map(([label]) => label)
    const halves = many.map((label) => [label, drawn(val, label, draw)] as const)
    const taught = new Map(halves.map(([label, own]) => [label, own.slice(0, 3)]))
    const judged = new Map(halves.map(([label, own]) => [label, own.slice(3)]))
    compare(store, '3 val pictures', taught, judged)
  }
}

/** Photographs of the official parts by the name of their fine label. */
function partsOf(store: string): { train: Pictures; val: Pictures } {
  const names = linesOf(join(store, 'classes.csv')).map(([name = '']) => name)
  const rows = linesOf(join(store, 'index.csv'))
  const of = (part: string) =>
    new Map(
      names.map((name, label) => [
        name,
        rows.flatMap(([image = '', fine, , split]) =>
          split === part && fine === String(label) ? [image] : [],
        ),
      ]),
    )
  return { train: of('train'), val: of('val') }
}

const linesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','))

function drawn(pictures: Pictures, label: string, draw: number): string[] {
  const chance = new Chance(`${draw} ${label}`)
  return (pictures.get(label) ?? [])
    .map((image) => ({ image, at: chance.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ image }) => image)
}

function compare(store: string, title: string, taught: Pictures, judged: Pictures): void {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-bench-teaching-'))
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [lepton, ...args, '--data', join(folder, 'data')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    })
  try {
    const truth = new Map<string, string>()
    const table = ['image,sha256,label,shape']
    for (const part of ['taught', 'judged']) mkdirSync(join(folder, part))
    for (const [label, own] of taught) {
      for (const image of own) {
        copyFileSync(join(store, image), join(folder, 'taught', basename(image)))
        table.push(`taught/${basename(image)},,${label},"{""kind"":""tag""}"`)
      }
    }
    for (const [label, own] of judged) {
      for (const image of own) {
        // the parts number their pictures alike
        copyFileSync(join(store, image), join(folder, 'judged', `other-${basename(image)}`))
        truth.set(`other-${basename(image)}`, label.toLowerCase())
      }
    }
    writeFileSync(join(folder, 'labels.csv'), `${table.join('\n')}\n`)
    run('import', join(folder, 'taught'))
    run('import-annotations', join(folder, 'labels.csv'))
    run('datasets', 'create', 'bench')
    run('datasets', 'freeze', 'bench')
    const answer = run('models', 'teach', 'bench', '--name', 'Bench', '--json')
    const { manifest } = z.object({ model: installedModel }).parse(JSON.parse(answer)).model
    run('score', join(folder, 'judged'), '--model', 'bench', '--out', join(folder, 'out'))
    const { items } = results.parse(JSON.parse(readFileSync(join(folder, 'out/results.json'), 'utf8')))
    const calls = items.map(({ path, probabilities }) => {
      const [label, confidence] = Object.entries(probabilities).reduce((a, b) => (b[1] > a[1] ? b : a))
      return { right: truth.get(basename(path)) === label, confidence }
    })
    const named = calls.filter(({ confidence }) => confidence >= manifest.operatingPoint.threshold)
    const [stated] = manifest.metrics
    console.log(
      [
        `${title} of ${taught.size} labels`,
        `stated ${stated?.value.toFixed(3)} (${stated?.interval?.map((end) => end.toFixed(3)).join(' to ')})`,
        `by ${manifest.taught?.judgedBy}, calibration error ${manifest.reliability?.ece.toFixed(3)}`,
        `found ${shareRight(calls).toFixed(3)} of ${calls.length}, calibration error ${errorOf(calls).toFixed(3)}`,
        `threshold ${manifest.operatingPoint.threshold}: ${(named.length / calls.length).toFixed(3)} named`,
        `${shareRight(named).toFixed(3)} of them right`,
      ].join('; '),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Call {
  right: boolean
  confidence: number
}

const shareRight = (calls: readonly Call[]) =>
  calls.filter(({ right }) => right).length / Math.max(1, calls.length)

/** Expected calibration error in ten bins, as packages state it. */
function errorOf(calls: readonly Call[]): number {
  const stretches = Map.groupBy(calls, ({ confidence }) => Math.min(bins - 1, Math.floor(confidence * bins)))
  return [...stretches.values()].reduce((sum, own) => {
    const confidence = own.reduce((total, call) => total + call.confidence, 0) / own.length
    return sum + (own.length / calls.length) * Math.abs(confidence - shareRight(own))
  }, 0)
}
