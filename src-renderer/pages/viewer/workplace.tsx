import { useEffect, useMemo, useRef } from 'react'
import { Predictions } from '#renderer/viewer/overlay/predictions'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { ViewportHandle } from '#renderer/viewer/viewport'
import { AreaStrip } from './area-strip'
import { FindingsPanel } from './findings-panel'
import { InformationPanel } from './information-panel'
import { SeriesStrip } from './series-strip'
import { Stage } from './stage'
import { Toolbar } from './toolbar'
import { useFindings } from './use-findings'
import { useRunLabels } from './use-run-labels'
import { isPhotographs, type useStudy } from './use-study'
import { useViewerKeys } from './use-viewer-keys'
import classes from './workplace.module.css'

/** Series at the left, the picture in the middle, findings at the right, areas below. */
export function Workplace({ open }: { open: ReturnType<typeof useStudy> }) {
  const { study, series, images, start, runId } = open
  const found = useFindings(series?.id, runId)
  const { nameOf, colourOf } = useRunLabels(found.run)
  const information = useViewer((state) => state.information)
  const predictions = useRef<Predictions | null>(null)
  const viewport = useRef<ViewportHandle>(null)

  const result = found.findings.data
  useEffect(() => {
    const made = result
      ? new Predictions(result, { nameOf, colourOf }, () => viewport.current?.redraw())
      : null
    predictions.current = made
    viewport.current?.redraw()
    void made?.fetchAll(useViewer.getState().index)
    return () => made?.close()
  }, [result, nameOf, colourOf])

  const lesions = result?.lesions
  const keyHandlers = useMemo(
    () => ({
      series: study.data?.series ?? [],
      seriesId: series?.id,
      openSeries: open.openSeries,
      lesions: lesions ?? [],
    }),
    [study.data, series?.id, open.openSeries, lesions],
  )
  useViewerKeys(keyHandlers)

  return (
    <div className={classes.workplace}>
      <SeriesStrip
        series={study.data?.series ?? []}
        openId={series?.id}
        images={series && isPhotographs(series) ? images.data : undefined}
        onOpen={open.openSeries}
      />
      <div className={classes.middle}>
        <Toolbar />
        <Stage
          images={images.data}
          series={series}
          start={start}
          predictions={predictions}
          handle={viewport}
        />
        {series && <AreaStrip series={series} findings={result} />}
      </div>
      <aside className={classes.side}>
        {information && <InformationPanel />}
        {series && (
          <FindingsPanel series={series} found={found} predictions={predictions} onRun={open.openRun} />
        )}
      </aside>
    </div>
  )
}
