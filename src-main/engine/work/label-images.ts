import { encode } from 'fast-png'
import { writingTo } from '#main/deidentify/sink'
import { fillParts } from '#shared/geometry/shapes/fill'
import { partsOf } from '#shared/geometry/shapes/parts'
import type { LabelImagesTask, RegionEnd } from '../types'

/** Draws regions as numbers, the later on top, and writes them. Throws OUTPUT_UNWRITABLE, DISK_FULL. */
export async function writeLabelImages(task: LabelImagesTask): Promise<RegionEnd[]> {
  const { rows, columns, regions, classes, instances } = task
  const ofClass = new Uint16Array(rows * columns)
  const ofInstance = new Uint16Array(rows * columns)
  let drawn = 0
  const ends = regions.map(({ shape, number }): RegionEnd => {
    const parts = partsOf(shape)
    if (parts.length === 0) return 'empty'
    const region = new Uint8Array(rows * columns)
    fillParts(region, rows, columns, parts)
    drawn++
    let covers = false
    for (let at = 0; at < region.length; at++) {
      if (region[at] === 0) continue
      covers ||= ofInstance[at] !== 0
      ofInstance[at] = drawn
      ofClass[at] = number
    }
    return covers ? 'covers' : 'drawn'
  })
  if (classes) {
    await write(classes.path, classes.wide ? ofClass : Uint8Array.from(ofClass), rows, columns)
  }
  if (instances) await write(instances, ofInstance, rows, columns)
  return ends
}

function write(path: string, data: Uint8Array | Uint16Array, rows: number, columns: number): Promise<void> {
  const depth = data instanceof Uint16Array ? 16 : 8
  const bytes = encode({ width: columns, height: rows, data, channels: 1, depth })
  return writingTo(path, async (sink) => sink.write(bytes))
}
