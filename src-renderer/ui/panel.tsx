import type { ReactNode } from 'react'
import classes from './panel.module.css'

interface Props {
  title?: string
  /** At the right of the title. */
  aside?: ReactNode
  children: ReactNode
}

/** A framed part of a page. */
export function Panel({ title, aside, children }: Props) {
  return (
    <section className={classes.panel}>
      {(title || aside) && (
        <header className={classes.head}>
          {title && <h2>{title}</h2>}
          {aside}
        </header>
      )}
      {children}
    </section>
  )
}
