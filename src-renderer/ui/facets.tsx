import type { ReactNode } from 'react'
import classes from './facets.module.css'

/** The column of facets at the left of a list; headings between them are `h2`. */
export function Facets({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <nav className={classes.facets} aria-label={label}>
      {children}
      {note && <p className={classes.note}>{note}</p>}
    </nav>
  )
}
