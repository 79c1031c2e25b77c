import { type DragEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activate, type Pane, type PaneContent, place } from '#renderer/viewer/state/panes'
import { PaneViewer } from '#renderer/viewer/state/viewer-store'
import { Stage } from '../stage'
import { useFindings } from '../use-findings'
import { droppedSeries, holdsSeries } from './dragged-series'
import classes from './panes.module.css'
import { ReferenceLine } from './reference-line'
import { usePredictions } from './use-predictions'
import { useHeaderFacts, usePreset, useSeries } from './use-series'

interface Props {
  index: number
  pane: Pane
  content: PaneContent | null
  /** Where the address says something of this series: its image, its run. */
  address: { image: number | null; runId: number | null } | null
  /** More than one pane is on the screen, and tools and panels speak of this one. */
  active: boolean
  alone: boolean
}

/** One stack on the screen, with everything that belongs to it. */
export function PaneView(props: Props) {
  return (
    <PaneViewer value={props.pane.viewer}>
      <Frame {...props}>
        <Content {...props} />
      </Frame>
    </PaneViewer>
  )
}

/** Takes series that are dropped on it, and the hand of whoever presses it. */
function Frame({ index, active, alone, children }: Props & { children: ReactNode }) {
  const { t } = useTranslation('viewer')
  const [over, setOver] = useState(false)
  const allow = (event: DragEvent) => {
    if (!holdsSeries(event.dataTransfer)) return
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    setOver(false)
    const content = droppedSeries(event.dataTransfer)
    if (!content) return
    event.preventDefault()
    place(index, content)
    activate(index)
  }
  return (
    <section
      className={classes.pane}
      aria-label={alone ? undefined : t('panes.pane', { number: index + 1 })}
      data-active={(active && !alone) || undefined}
      data-over={over || undefined}
      data-alone={alone || undefined}
      data-testid={`pane-${index + 1}`}
      onPointerDownCapture={() => activate(index)}
      onDragOver={allow}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {children}
    </section>
  )
}

function Content({ pane, content, address, alone }: Props) {
  const { t } = useTranslation('viewer')
  const { series, images } = useSeries(content)
  const found = useFindings(series?.id, address?.runId ?? null)
  usePredictions(pane, found)
  useHeaderFacts(pane.viewer, series)
  usePreset(pane.viewer, content?.preset ?? null)
  const covered = images.data?.find(({ id }) => id === series?.coverImageId)?.ordinal
  return (
    <>
      <Stage
        pane={pane}
        images={images.data}
        series={series}
        start={address?.image ?? covered ?? 0}
        error={images.error}
        onRetry={() => void images.refetch()}
      />
      {!alone && <ReferenceLine viewer={pane.viewer} />}
      {!content && !alone && <p className={classes.empty}>{t('panes.empty')}</p>}
    </>
  )
}
