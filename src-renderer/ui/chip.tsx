import type { ReactNode } from 'react'
import classes from './chip.module.css'

export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'bad'

/** A state in a word, with a sign beside its colour. */
export function Chip({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
}) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {icon && <span aria-hidden>{icon}</span>}
      {children}
    </span>
  )
}
