import { type KeyboardEvent, type RefObject, useCallback, useState } from 'react'

interface Options {
  total: number
  columns: number
  scrolled: RefObject<HTMLElement | null>
  /** Scrolls a card into sight, so that it exists. */
  reveal: (index: number) => void
  toggle: (index: number, range: boolean) => void
}

/** Arrows, Home, End and Space within the grid of cards; Enter is the link's own. */
export function useCardKeys({ total, columns, scrolled, reveal, toggle }: Options) {
  const [active, setActive] = useState(0)

  const focus = useCallback(
    (index: number) => {
      setActive(index)
      reveal(index)
      const link = () => scrolled.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)
      const now = link()
      if (now) now.focus({ preventScroll: true })
      else requestAnimationFrame(() => requestAnimationFrame(() => link()?.focus({ preventScroll: true })))
    },
    [reveal, scrolled],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      Home: -active,
      End: total - 1 - active,
    }
    const step = steps[event.key]
    if (step !== undefined) {
      const next = active + step
      if (next >= 0 && next < total) {
        if (event.shiftKey) toggle(next, true)
        focus(next)
      }
    } else if (event.key === ' ' && event.target instanceof HTMLAnchorElement) {
      toggle(active, event.shiftKey)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return { active, setActive, onKeyDown }
}
