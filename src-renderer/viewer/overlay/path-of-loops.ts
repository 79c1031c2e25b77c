/** Closed lines (x0, y0, x1, y1, …) as a path. */
export function pathOfLoops(loops: readonly (readonly number[])[]): Path2D {
  const path = new Path2D()
  for (const loop of loops) {
    path.moveTo(loop[0] ?? 0, loop[1] ?? 0)
    for (let at = 2; at < loop.length; at += 2) path.lineTo(loop[at] ?? 0, loop[at + 1] ?? 0)
    path.closePath()
  }
  return path
}
