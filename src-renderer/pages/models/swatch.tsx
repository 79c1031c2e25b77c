import type { ReactNode } from 'react'
import classes from './swatch.module.css'

/** A label's name with the colour it is drawn in. */
export function Swatch({ colour, children }: { colour: string; children: ReactNode }) {
  return (
    <span className={classes.swatch}>
      <span className={classes.colour} style={{ background: colour }} aria-hidden />
      {children}
    </span>
  )
}
