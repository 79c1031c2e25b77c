import { useEffect } from 'react'
import { linkPanes } from '#renderer/viewer/state/linking'
import { paneCount, usePanes } from '#renderer/viewer/state/panes'
import type { useStudy } from '../use-study'
import { PaneView } from './pane-view'
import classes from './panes.module.css'

/** The panes of the layout. */
export function PaneGrid({ open }: { open: ReturnType<typeof useStudy> }) {
  const { layout, panes, contents, active } = usePanes()
  useEffect(linkPanes, [])
  const address = { image: open.image, runId: open.runId }
  return (
    <div className={classes.grid} data-layout={layout}>
      {panes.slice(0, paneCount[layout]).map((pane, index) => {
        const content = contents[index] ?? null
        return (
          <PaneView
            // biome-ignore lint/suspicious/noArrayIndexKey: panes are places, and never change theirs
            key={index}
            index={index}
            pane={pane}
            content={content}
            address={content && content.seriesId === open.series?.id ? address : null}
            active={index === active}
            alone={layout === '1x1'}
          />
        )
      })}
    </div>
  )
}
