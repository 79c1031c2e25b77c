import type { Frame } from '#shared/domain/image'
import type { ModelManifest } from '#shared/domain/model-manifest/index'

type SizePolicy = ModelManifest['input']['size']

/** The network's grid for one image: the image covers `content` at the top left, the rest up to `padded` is border. */
export interface Grid {
  /** Rows, columns. */
  content: [number, number]
  padded: [number, number]
  /** Value of the border from 0 to 1, before mean and standard deviation. */
  fill: number
}

export function gridOf(
  { rows, columns, spacing }: Pick<Frame, 'rows' | 'columns' | 'spacing'>,
  size: SizePolicy,
): Grid {
  switch (size.policy) {
    case 'spacing': {
      const unknown = size.unknownSpacingLongestSide / Math.max(rows, columns)
      const [down, across] = spacing ? spacing.map((mm) => mm / size.millimetres) : [unknown, unknown]
      let content = scaled([rows, columns], [down ?? unknown, across ?? unknown])
      const longest = Math.max(...content)
      if (longest > size.maxSide) {
        const factor = size.maxSide / longest
        content = [atLeastOne((content[0] * size.maxSide) / longest), atLeastOne(content[1] * factor)]
      }
      const padded = content.map((side) => Math.ceil(side / size.multiple) * size.multiple)
      return { content, padded: [padded[0] ?? 0, padded[1] ?? 0], fill: 0 }
    }
    case 'resize':
      return { content: [size.rows, size.columns], padded: [size.rows, size.columns], fill: 0 }
    default: {
      const factor = Math.min(size.rows / rows, size.columns / columns)
      const content = scaled([rows, columns], [factor, factor])
      return { content, padded: [size.rows, size.columns], fill: 'fill' in size ? size.fill : 0 }
    }
  }
}

function scaled([rows, columns]: [number, number], [down, across]: [number, number]): [number, number] {
  return [atLeastOne(rows * down), atLeastOne(columns * across)]
}

/** Rounded, halves upwards. */
function atLeastOne(side: number): number {
  return Math.max(1, Math.floor(side + 0.5))
}
