import type { ReactNode } from 'react'
import classes from './page-frame.module.css'

interface Props {
  /** Where I am; crumbs before it lead back. */
  title: ReactNode
  crumbs?: ReactNode
  /** A few quiet facts beside the title. */
  meta?: ReactNode
  /** Search field. */
  search?: ReactNode
  /** Actions, the main one last. */
  actions?: ReactNode
  children: ReactNode
}

/** The top bar of a page and the page under it. */
export function PageFrame({ title, crumbs, meta, search, actions, children }: Props) {
  return (
    <>
      <header className={classes.bar}>
        <div className={classes.where}>
          {crumbs && <span className={classes.crumbs}>{crumbs}</span>}
          <h1 className={classes.title}>{title}</h1>
          {meta && <span className={classes.meta}>{meta}</span>}
        </div>
        {search && <div className={classes.search}>{search}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body}>{children}</div>
    </>
  )
}

/** A step back in the top bar, with its slash. */
export function Crumb({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <span aria-hidden className={classes.slash}>
        /
      </span>
    </>
  )
}
