import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { Shape } from '#shared/domain/annotation/shape'
import type { FrameGeometry } from '#shared/domain/image'
import { areaOfRle, encodeRle } from '#shared/geometry/rle'
import { extentOf } from '#shared/geometry/shapes/extent'
import { maskOf } from '#shared/geometry/shapes/parts'
import { startBeside } from '../jobs/beside'
import type { ExportImage } from '../types'
import { plainFormats } from '.'
import { annotationOf, imageOf, setOf } from './testing/sets'

const python = process.env.LEPTON_CHECKS_PYTHON ?? 'python3'
const needs = 'import datumaro, nibabel, numpy, PIL, pyarrow, pycocotools, yaml'
const runs = spawnSync(python, ['-c', needs]).status === 0
if (!runs) {
  console.warn(
    'Not run: reading the formats with the libraries of others. Install e2e/checks/requirements.txt and name that Python in LEPTON_CHECKS_PYTHON.',
  )
}

const blob = encodeRle(
  Array.from({ length: 4800 }, (_, i) => (Math.hypot((i % 80) - 60, Math.floor(i / 80) - 40) < 12.3 ? 1 : 0)),
  60,
  80,
)
const shapes: Shape[] = [
  { kind: 'box', box: [1.5, 2, 20, 12.25], angle: 0 },
  {
    kind: 'polygon',
    parts: [
      [
        [
          [30, 5],
          [50, 8],
          [44, 25],
          [28, 20],
        ],
      ],
    ],
  },
  { kind: 'mask', mask: blob },
]

it.runIf(runs)('is read by the libraries of others as it was written', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lepton-independent-'))
  const photographs = [shapes, shapes.slice(0, 1)].map((own, i) => {
    const source = join(folder, `shelf${i}.png`)
    const annotations = own.map((shape, at) => annotationOf(['tea', 'milk', 'tea'][at] ?? 'tea', shape))
    return imageOf(i + 1, annotations, { source, path: source, format: 'png' })
  })
  for (const image of photographs) await image.write(image.identity.source, { format: 'png' })
  for (const format of plainFormats) {
    if (format.id !== 'nnunet') await write(format.id, photographs, folder, false)
  }
  await write('nnunet', volume(), folder, true)
  writeFileSync(
    join(folder, 'expected.json'),
    JSON.stringify(Object.fromEntries(photographs.map(expectedOf))),
  )
  const script = resolve(import.meta.dirname, '../../../e2e/checks/formats.py')
  const { status, stdout, stderr } = spawnSync(python, [script, folder], { encoding: 'utf8' })
  expect([
    status,
    stdout.split('\n').filter((line) => line.startsWith('FAIL')),
    status === 0 ? '' : stderr,
  ]).toEqual([0, [], ''])
  expect(stdout.split('\n').length).toBeGreaterThan(50)
  rmSync(folder, { recursive: true })

  /** Four slices turned about the axis of the body's length, with facts for the script to hold them against. */
  function volume(): ExportImage[] {
    const [cos, sin] = [Math.cos(0.3), Math.sin(0.3)]
    const geometry = (k: number): FrameGeometry => ({
      position: [-12 + 2 * k * sin, 30, -7 + 2 * k * cos],
      orientation: [cos, 0, -sin, 0, 1, 0],
      spacing: [0.7, 0.5],
      spacingSource: 'PixelSpacing',
      thickness: 2,
    })
    const lesion = annotationOf('lesion', { kind: 'box', box: [10, 20, 5, 6], angle: 0 })
    const point = [-12 + 4 * sin + 12 * 0.5 * cos, 30 + 22 * 0.7, -7 + 4 * cos - 12 * 0.5 * sin]
    const facts = { axes: ['L', 'P', 'S'], voxel: [12, 22, 2], point, label: 1, value: (22 * 80 + 12) % 251 }
    writeFileSync(join(folder, 'volume.json'), JSON.stringify(facts))
    return [0, 1, 2, 3].map((k) =>
      imageOf(k + 1, k === 2 ? [lesion] : [], { geometry: geometry(k), ordinal: k }),
    )
  }
})

async function write(
  id: string,
  images: readonly ExportImage[],
  folder: string,
  stack: boolean,
): Promise<void> {
  const place = join(folder, id)
  mkdirSync(place)
  const beside = startBeside()
  await plainFormats
    .find((format) => format.id === id)
    ?.write(setOf(images, stack), place, {
      app: { name: 'Lepton Studio', version: '0.0.0' },
      formats: [],
      signal: new AbortController().signal,
      beside,
      pictures: 'copy',
      written: () => {},
      failed: (_, error) => {
        throw error
      },
      skipped: () => {},
    })
  await beside.settled()
}

function expectedOf({ identity, annotations }: ExportImage): [string, unknown[]] {
  const masks = annotations.map(({ shape }) => maskOf(shape, identity.rows, identity.columns))
  const wanted = annotations.map(({ label, shape }, i) => {
    const box = extentOf(shape) ?? [0, 0, 0, 0]
    const mask = masks[i]
    const pixels = mask ? areaOfRle(mask) : 0
    // none of these lie upon each other
    return { label, kind: shape.kind, box, pixels, visible: pixels, border: 2 * (box[2] + box[3]) }
  })
  return [identity.path.replace(/^.*\/|\.png$/g, ''), wanted]
}
