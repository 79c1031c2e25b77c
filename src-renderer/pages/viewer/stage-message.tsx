import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './stage.module.css'

interface Props {
  children: ReactNode
  action: string
  onAction: () => void
  /** Hides the picture, which is not the one that was asked for. */
  covering?: boolean
}

/** Something to know about the picture, over it, with the one thing to do about it. */
export function StageMessage({ children, action, onAction, covering }: Props) {
  return (
    <div className={classes.message} data-covering={covering || undefined} role="alert">
      <div className={classes.card}>
        {children}
        <Button size="xs" variant="default" onClick={onAction}>
          {action}
        </Button>
      </div>
    </div>
  )
}
