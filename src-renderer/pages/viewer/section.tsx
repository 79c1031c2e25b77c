import type { ReactNode } from 'react'
import classes from './section.module.css'

interface Props {
  title: string
  aside?: ReactNode
  children: ReactNode
}

/** A titled stretch of the side panel. */
export function Section({ title, aside, children }: Props) {
  return (
    <section className={classes.section}>
      <header className={classes.head}>
        <h2>{title}</h2>
        {aside && <span>{aside}</span>}
      </header>
      {children}
    </section>
  )
}
