import { useEffect } from 'react'
import { create } from 'zustand'

/** What happens with files and folders dropped on the window. */
export interface DropTarget {
  /** What a drop does here, in the language of the screen. */
  label: string
  drop: (items: DataTransfer) => void
}

/** The target of the page on the screen; the last one that came. */
export const useDropTargets = create<{ targets: readonly DropTarget[] }>(() => ({ targets: [] }))

/** Makes the whole window a drop target while the calling component is mounted. Memoise `target`. */
export function useDropTarget(target: DropTarget): void {
  useEffect(() => {
    useDropTargets.setState(({ targets }) => ({ targets: [...targets, target] }))
    return () =>
      useDropTargets.setState(({ targets }) => ({ targets: targets.filter((other) => other !== target) }))
  }, [target])
}
