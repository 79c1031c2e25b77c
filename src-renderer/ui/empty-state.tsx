import type { ReactNode } from 'react'
import classes from './states.module.css'

interface Props {
  icon: ReactNode
  title: string
  text: string
  /** Actions. */
  children?: ReactNode
}

/** What a place says while it holds nothing: what belongs here and the way to get it. */
export function EmptyState({ icon, title, text, children }: Props) {
  return (
    <div className={classes.state}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  )
}
