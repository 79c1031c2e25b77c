/** A square of whole pixels that the network looks at; it may reach beyond the picture. */
export interface View {
  x: number
  y: number
  side: number
}

/** A whole pixel, counted from the first. */
export interface Click {
  x: number
  y: number
  positive: boolean
}

/** First and last column and row that are marked, inclusive; null where nothing is. */
export type Extent = readonly [left: number, top: number, right: number, bottom: number] | null

/** Side of a zoomed view over the longer side of what it must hold. */
const MARGIN = 1.5
/** A zoomed view is no smaller than this share of the picture's longer side, nor than so many pixels. */
const LEAST = 1 / 6
const NEAREST = 32
/** Without a mask yet it shows at least this share. */
const LEAST_UNMARKED = 1 / 3
/** Above this share the whole picture is shown. */
const NEARLY_ALL = 0.9

/** The least square that holds a picture, centred. */
export function wholeView([rows, columns]: readonly [number, number]): View {
  const side = Math.max(rows, columns)
  return { x: -Math.floor((side - columns) / 2), y: -Math.floor((side - rows) / 2), side }
}

/** The view for a next pass: around what is marked and every positive click. */
export function zoomedView(size: readonly [number, number], marked: Extent, clicks: readonly Click[]): View {
  const [rows, columns] = size
  const longest = Math.max(rows, columns)
  const positives = clicks.filter(({ positive }) => positive)
  const xs = [...positives.map(({ x }) => x), ...(marked ? [marked[0], marked[2]] : [])]
  const ys = [...positives.map(({ y }) => y), ...(marked ? [marked[1], marked[3]] : [])]
  if (xs.length === 0) return wholeView(size)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  const extent = Math.max(right - left, bottom - top) + 1
  const wanted = Math.max(rounded(extent * MARGIN), rounded(longest * LEAST), NEAREST)
  const side = marked ? wanted : Math.max(wanted, rounded(longest * LEAST_UNMARKED))
  if (side >= NEARLY_ALL * longest) return wholeView(size)
  return {
    x: startOf((left + right + 1) / 2, side, columns),
    y: startOf((top + bottom + 1) / 2, side, rows),
    side,
  }
}

function startOf(middle: number, side: number, length: number): number {
  if (side >= length) return -Math.floor((side - length) / 2)
  return Math.min(Math.max(rounded(middle - side / 2), 0), length - side)
}

const rounded = (value: number) => Math.floor(value + 0.5)
