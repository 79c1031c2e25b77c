import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toastError } from '#renderer/app/toast'
import type { StudyCard } from '#shared/contract/library'
import { useCardKeys } from './card-keys'
import { useGridLayout } from './grid-layout'
import { addToSelection, toggleSelected, useSelection } from './selection'
import { Card, CardPlaceholder } from './study-card'
import classes from './study-grid.module.css'
import { type StudyQuery, studyIdsBetween, useStudyPages } from './study-pages'

interface Props {
  view: StudyQuery
  total: number
}

/** How far each view was scrolled, for the way back from a study. */
const remembered = new Map<string, number>()

/** All studies of a view; only the rows in sight exist, only their pages are fetched. */
export function StudyGrid({ view, total }: Props) {
  const { t } = useTranslation('library')
  const scrolled = useRef<HTMLDivElement>(null)
  const layout = useGridLayout(scrolled)
  const columns = layout?.columns ?? 1
  const key = JSON.stringify(view)

  const virtual = useVirtualizer({
    count: layout ? Math.ceil(total / columns) : 0,
    getScrollElement: () => scrolled.current,
    estimateSize: () => layout?.rowHeight ?? 0,
    overscan: 2,
    paddingStart: 16,
    paddingEnd: 80,
    initialOffset: () => remembered.get(key) ?? 0,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when the layout changes
  useEffect(() => virtual.measure(), [virtual, layout?.rowHeight])

  const rows = virtual.getVirtualItems()
  const first = (rows[0]?.index ?? 0) * columns
  const last = Math.min(total, ((rows.at(-1)?.index ?? 0) + 1) * columns) - 1
  const studyAt = useStudyPages(view, first, Math.max(first, last))
  const selected = useSelection((selection) => selection.ids)

  const toggle = useCallback(
    (study: StudyCard, index: number, range: boolean) => {
      const { anchor } = useSelection.getState()
      if (!range || anchor === null) return toggleSelected(study.id, index)
      studyIdsBetween(view, Math.min(anchor, index), Math.max(anchor, index)).then(
        (ids) => addToSelection(ids, index),
        toastError,
      )
    },
    [view],
  )
  const { active, setActive, onKeyDown } = useCardKeys({
    total,
    columns,
    reveal: (index) => virtual.scrollToIndex(Math.floor(index / columns)),
    scrolled,
    toggle: (index, range) => {
      const study = studyAt(index)
      if (study) toggle(study, index, range)
    },
  })
  const reachable = active >= first && active <= last ? active : first

  return (
    <div
      ref={scrolled}
      className={classes.scrolled}
      onScroll={(event) => remembered.set(key, event.currentTarget.scrollTop)}
    >
      <div style={{ height: virtual.getTotalSize() }} className={classes.all}>
        {rows.map((row) => (
          <ul
            key={row.key}
            className={classes.row}
            aria-label={row.index === 0 ? t('grid') : undefined}
            onKeyDown={onKeyDown}
            style={{
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              height: row.size - 12,
              transform: `translateY(${row.start}px)`,
            }}
          >
            {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => {
              const index = row.index * columns + column
              const study = studyAt(index)
              if (!study) return <CardPlaceholder key={index} />
              return (
                <Card
                  key={study.id}
                  study={study}
                  index={index}
                  selected={selected.has(study.id)}
                  reachable={index === reachable}
                  onToggle={toggle}
                  onFocus={setActive}
                />
              )
            })}
          </ul>
        ))}
      </div>
    </div>
  )
}
