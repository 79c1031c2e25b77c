import { deflateRawSync } from 'node:zlib'
import type { GraphicPlane } from '#shared/domain/image'
import { MAX_SAMPLES } from '../limits'
import type { Dataset } from './dataset'
import type { ParsedObject } from './parse'
import type { PixelModule } from './pixel-module'

/** Repeating groups of the Overlay Plane module (PS3.3, C.9.2). */
const GROUPS = Array.from({ length: 16 }, (_, index) => 0x6000 + index * 2)

const Overlay = {
  rows: 0x0010,
  columns: 0x0011,
  frames: 0x0015,
  type: 0x0040,
  origin: 0x0050,
  firstFrame: 0x0051,
  bitPosition: 0x0102,
  label: 0x1500,
  data: 0x3000,
} as const

/** The overlays over one frame, both those of their own and those in unused bits of the pixels. */
export function readGraphics(object: ParsedObject, module: PixelModule, frame: number): GraphicPlane[] {
  return GROUPS.flatMap((group) => readGroup(object, module, frame, group) ?? [])
}

function readGroup(
  object: ParsedObject,
  module: PixelModule,
  frame: number,
  group: number,
): GraphicPlane | null {
  const { dataset } = object
  const tag = (element: number) => group * 0x10000 + element
  const rows = dataset.short(tag(Overlay.rows)) ?? 0
  const columns = dataset.short(tag(Overlay.columns)) ?? 0
  if (rows * columns === 0 || rows * columns > MAX_SAMPLES) return null
  const bits = dataset.has(tag(Overlay.data))
    ? ownBits(dataset, tag, { rows, columns, frame, frames: module.frames })
    : embeddedBits(object, module, frame, dataset.short(tag(Overlay.bitPosition)) ?? 0)
  if (bits === null) return null
  const [top = 1, left = 1] = dataset.shorts(tag(Overlay.origin), true)
  return {
    group: group.toString(16),
    kind: dataset.code(tag(Overlay.type)) === 'R' ? 'roi' : 'graphics',
    label: dataset.text(tag(Overlay.label)) ?? '',
    rows,
    columns,
    origin: [top - 1, left - 1],
    bits: deflateRawSync(bits).toString('base64'),
  }
}

/** The plane of one frame, its first bit at the start of a byte; a single plane lies over every frame. */
function ownBits(
  dataset: Dataset,
  tag: (element: number) => number,
  { rows, columns, frame, frames }: { rows: number; columns: number; frame: number; frames: number },
): Uint8Array | null {
  const planes = dataset.decimal(tag(Overlay.frames)) ?? 1
  const first = (dataset.short(tag(Overlay.firstFrame)) ?? 1) - 1
  const plane = planes === 1 && frames > 1 && !dataset.has(tag(Overlay.firstFrame)) ? 0 : frame - first
  if (plane < 0 || plane >= planes) return null
  const data = dataset.value(tag(Overlay.data))
  const start = plane * rows * columns
  if (data === null || data.length * 8 < start + rows * columns) return null
  return packed(rows * columns, (at) => ((data[(start + at) >> 3] ?? 0) >> ((start + at) & 7)) & 1)
}

/** One bit of every pixel cell, outside those that hold the value; only uncompressed pixels keep it. */
function embeddedBits(
  { source, pixels, syntax, dataset }: ParsedObject,
  { rows, columns, samples, bitsAllocated }: PixelModule,
  frame: number,
  bit: number,
): Uint8Array | null {
  if (pixels === null || syntax.compression !== 'none' || samples !== 1 || bit >= bitsAllocated) return null
  if (bitsAllocated !== 8 && bitsAllocated !== 16) return null
  const width = bitsAllocated / 8
  const cells = source.read(pixels.offset + frame * rows * columns * width, rows * columns * width)
  if (cells.length < rows * columns * width) return null
  const byte = dataset.encoding.little ? bit >> 3 : width - 1 - (bit >> 3)
  return packed(rows * columns, (at) => ((cells[at * width + byte] ?? 0) >> (bit & 7)) & 1)
}

function packed(count: number, bitAt: (at: number) => number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(count / 8))
  for (let at = 0; at < count; at++) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (bitAt(at) << (at & 7))
  return bytes
}
