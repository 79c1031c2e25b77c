import type { VoiLut } from '#shared/domain/image'
import type { Dataset } from './dataset'
import { groupOf, readRescale } from './display'
import { Tag } from './tags'

/** Levels that are handed on; longer tables are thinned to so many. */
const MOST_LEVELS = 4096
const WHITE = 255

/** The VOI LUTs of a frame in modality values; those that contradict themselves are left out. */
export function readVoiLuts(dataset: Dataset, frame: Dataset | null, signed: boolean): VoiLut[] {
  const items = groupOf(dataset, frame, Tag.FrameVOILUTSequence).items(Tag.VOILUTSequence)
  const tables = items.length > 0 ? items : dataset.items(Tag.VOILUTSequence)
  // the first value mapped is signed where the values that come in are (PS3.3, C.11.2.1.1)
  const negative = signed || readRescale(dataset, frame).intercept < 0
  return tables.flatMap((item) => readVoiLut(item, negative) ?? [])
}

function readVoiLut(item: Dataset, signed: boolean): VoiLut | null {
  const [stated, , bits = 16] = item.shorts(Tag.LUTDescriptor)
  const first = item.shorts(Tag.LUTDescriptor, signed)[1]
  const data = item.value(Tag.LUTData)
  if (stated === undefined || first === undefined || data === null) return null
  const count = stated === 0 ? 65536 : stated
  const wide = data.length >= count * 2
  const entries = wide ? item.shorts(Tag.LUTData) : Array.from(data)
  if (entries.length < count) return null
  const most = 2 ** Math.min(Math.max(wide ? bits : 8, 1), 16) - 1
  const levels = Uint8Array.from({ length: Math.min(count, MOST_LEVELS) }, (_, step) => {
    const place = count <= MOST_LEVELS ? step : Math.round((step * (count - 1)) / (MOST_LEVELS - 1))
    return Math.round(Math.min((entries[place] ?? 0) / most, 1) * WHITE)
  })
  const explanation = item.text(Tag.LUTExplanation) ?? ''
  return { explanation, first, last: first + count - 1, levels: Buffer.from(levels).toString('hex') }
}
