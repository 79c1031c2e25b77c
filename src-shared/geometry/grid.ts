import type { Frame } from '../domain/image'
import type { SizePolicy } from '../domain/model-manifest/index'
import type { Window } from './bilinear'

/**
 * How an image lies on the network's grid. It is scaled to `content`; each view shows `padded` rows and columns
 * of it, the image's first pixel lying at `offset` [down, across] (negative where the view cuts it off), the rest
 * being border. Tiles are several views of one image, everything else is one.
 */
export interface Grid {
  /** Rows, columns. */
  content: Size
  padded: Size
  offsets: Size[]
  /** Value of the border from 0 to 1, before mean and standard deviation. */
  fill: number
}

/** Rows and columns, or a way down and across. */
export type Size = [number, number]

/** Sides are rounded with halves upwards; where half a pixel of border or cut would remain, it goes right or below. */
export function gridOf(
  { rows, columns, spacing }: Pick<Frame, 'rows' | 'columns' | 'spacing'>,
  size: SizePolicy,
): Grid {
  switch (size.policy) {
    case 'spacing': {
      const content = spacedContent({ rows, columns, spacing }, size)
      const [down, across] = content
      const padded: Size = [upTo(down, size.multiple), upTo(across, size.multiple)]
      return { content, padded, offsets: [[0, 0]], fill: 0 }
    }
    case 'resize':
      return {
        content: [size.rows, size.columns],
        padded: [size.rows, size.columns],
        offsets: [[0, 0]],
        fill: 0,
      }
    case 'letterbox': {
      const factor = Math.min(size.rows / rows, size.columns / columns)
      const content: Size = [atLeastOne(rows * factor), atLeastOne(columns * factor)]
      const padded: Size = [size.rows, size.columns]
      const offset = size.align === 'centre' ? centred(content, padded) : ([0, 0] satisfies Size)
      return { content, padded, offsets: [offset], fill: size.fill }
    }
    case 'centre-crop': {
      const factor = size.shortSide / Math.min(rows, columns)
      const content: Size = [atLeastOne(rows * factor), atLeastOne(columns * factor)]
      const padded: Size = [size.rows, size.columns]
      return { content, padded, offsets: [centred(content, padded)], fill: 0 }
    }
    case 'tiles': {
      const down = tileStarts(rows, size.rows, size.overlap)
      const across = tileStarts(columns, size.columns, size.overlap)
      const offsets = down.flatMap((top) => across.map((left): Size => [0 - top, 0 - left]))
      return { content: [rows, columns], padded: [size.rows, size.columns], offsets, fill: size.fill }
    }
  }
}

/** The part of the scaled image that a view shows. */
export function visibleOf(
  { content, padded }: Pick<Grid, 'content' | 'padded'>,
  [down, across]: Size,
): Window {
  const top = Math.max(0, -down)
  const left = Math.max(0, -across)
  const bottom = Math.min(content[0], padded[0] - down)
  const right = Math.min(content[1], padded[1] - across)
  return [left, top, Math.max(0, right - left), Math.max(0, bottom - top)]
}

function spacedContent(
  { rows, columns, spacing }: Pick<Frame, 'rows' | 'columns' | 'spacing'>,
  size: Extract<SizePolicy, { policy: 'spacing' }>,
): Size {
  const unknown = size.unknownSpacingLongestSide / Math.max(rows, columns)
  const [down, across] = spacing ? spacing.map((mm) => mm / size.millimetres) : []
  const content: Size = [atLeastOne(rows * (down ?? unknown)), atLeastOne(columns * (across ?? unknown))]
  const longest = Math.max(...content)
  if (longest <= size.maxSide) return content
  return [
    atLeastOne((content[0] * size.maxSide) / longest),
    atLeastOne((content[1] * size.maxSide) / longest),
  ]
}

/** Where tiles begin along a side: evenly spaced, sharing at least `overlap`, the last ending with the image. */
function tileStarts(side: number, tile: number, overlap: number): number[] {
  if (side <= tile) return [0]
  const step = Math.max(1, tile - overlap)
  const count = Math.ceil((side - tile) / step) + 1
  return Array.from({ length: count }, (_, i) => Math.floor((i * (side - tile)) / (count - 1)))
}

function centred(content: Size, padded: Size): Size {
  return [middle(content[0], padded[0]), middle(content[1], padded[1])]
}

function middle(content: number, padded: number): number {
  const spare = padded - content
  return spare >= 0 ? Math.floor(spare / 2) : 0 - Math.floor(-spare / 2)
}

function upTo(side: number, multiple: number): number {
  return Math.ceil(side / multiple) * multiple
}

/** Rounded, halves upwards. */
function atLeastOne(side: number): number {
  return Math.max(1, Math.floor(side + 0.5))
}
