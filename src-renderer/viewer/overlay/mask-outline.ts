/** Corners of a closed line along pixel edges: x0, y0, x1, y1, … in image pixels. */
export type Loop = number[]

const alongX = [1, 0, -1, 0]
const alongY = [0, 1, 0, -1]

/**
 * The edges of a mask (rows x columns, 1 where set) as closed lines: outer ones clockwise, holes
 * counter-clockwise. Pixels that touch at a corner belong together, as in the regions of findings.
 */
export function outlineOf(mask: Uint8Array, rows: number, columns: number): Loop[] {
  const set = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < columns && y < rows && mask[y * columns + x] === 1
  const visited = new Uint8Array(mask.length)
  const loops: Loop[] = []
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const place = y * columns + x
      if (mask[place] !== 1 || visited[place] === 1 || set(x, y - 1)) continue
      loops.push(follow(x, y, columns, set, visited))
    }
  }
  return loops
}

/** Walks from the upper left corner of a pixel along its upper edge, set pixels always to the right. */
function follow(
  startX: number,
  startY: number,
  columns: number,
  set: (x: number, y: number) => boolean,
  visited: Uint8Array,
): Loop {
  const loop: Loop = []
  let x = startX
  let y = startY
  let heading = 0
  let before = -1
  do {
    if (heading !== before) loop.push(x, y)
    if (heading === 0) visited[y * columns + x] = 1
    x += alongX[heading] ?? 0
    y += alongY[heading] ?? 0
    before = heading
    heading = nextHeading(x, y, heading, set)
  } while (x !== startX || y !== startY || heading !== 0)
  return loop
}

/** Left where a pixel lies ahead on the left, straight where one lies ahead on the right, else right. */
function nextHeading(x: number, y: number, heading: number, set: (x: number, y: number) => boolean): number {
  const ahead = (turn: number) => {
    const right = (heading + turn) % 4
    const dx = ((alongX[heading] ?? 0) + (alongX[right] ?? 0) - 1) / 2
    const dy = ((alongY[heading] ?? 0) + (alongY[right] ?? 0) - 1) / 2
    return set(x + dx, y + dy)
  }
  if (ahead(3)) return (heading + 3) % 4
  return ahead(1) ? heading : (heading + 1) % 4
}
