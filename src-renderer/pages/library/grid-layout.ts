import { type RefObject, useEffect, useState } from 'react'

const GAP = 12
const PADDING = 16
const NARROWEST = 176
/** Height of the text under the picture of a card, with the borders. */
const TEXT = 70

export interface GridLayout {
  columns: number
  /** Height of a row with the gap below it, in CSS pixels. */
  rowHeight: number
}

/** Columns and row height of square cards in an element, as it changes its width; null before it was measured. */
export function useGridLayout(element: RefObject<HTMLElement | null>): GridLayout | null {
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  if (width === null) return null
  return gridLayout(width)
}

/** The layout at a width of the scrolled element without its scroll bar, in CSS pixels. */
export function gridLayout(width: number): GridLayout {
  const inner = Math.max(NARROWEST, width - 2 * PADDING)
  const columns = Math.max(1, Math.floor((inner + GAP) / (NARROWEST + GAP)))
  const card = (inner - (columns - 1) * GAP) / columns
  return { columns, rowHeight: Math.floor(card + TEXT + GAP) }
}
