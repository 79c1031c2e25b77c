import { type Layout, paneCount } from '#renderer/viewer/state/panes'
import classes from './panes.module.css'

const columns: Record<Layout, number> = { '1x1': 1, '1x2': 2, '2x1': 1, '2x2': 2 }

/** A layout, drawn small. */
export function LayoutGlyph({ layout }: { layout: Layout }) {
  const cells = Array.from({ length: paneCount[layout] }, (_, at) => `cell ${at}`)
  return (
    <span
      className={classes.glyph}
      style={{ gridTemplateColumns: `repeat(${columns[layout]}, 1fr)` }}
      aria-hidden
    >
      {cells.map((cell) => (
        <i key={cell} />
      ))}
    </span>
  )
}
