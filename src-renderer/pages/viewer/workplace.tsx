import { lazy, Suspense, useCallback, useMemo } from 'react'
import { Annotating, AnnotatingPanel, AnnotatingTools } from '#renderer/annotate/panel/annotating'
import { ReadingBar } from '#renderer/annotate/reading/reading-bar'
import { place, usePanes } from '#renderer/viewer/state/panes'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import { AreaStrip } from './area-strip'
import { FindingsPanel } from './findings-panel'
import { InformationPanel } from './information-panel'
import { PaneGrid } from './panes/pane-grid'
import { usePanesOfStudy } from './panes/use-panes-of-study'
import { useSeries } from './panes/use-series'
import { SeriesStrip } from './series-strip'
import { Toolbar } from './toolbar'
import { useFindings } from './use-findings'
import { usePictureFirst } from './use-picture-first'
import { isPhotographs, type useStudy } from './use-study'
import { useViewerKeys } from './use-viewer-keys'
import classes from './workplace.module.css'

const PlanesStage = lazy(() => import('./mpr/planes-stage'))

/** Series at the left, the panes in the middle, findings of the active one at the right, areas below. */
export function Workplace({ open }: { open: ReturnType<typeof useStudy> }) {
  const { study, studyId, runId } = open
  usePanesOfStudy(open)
  const begun = usePictureFirst()
  const pane = usePanes(({ panes, active }) => panes[active])
  const content = usePanes(({ contents, active }) => contents[active])
  const { series, images } = useSeries(content)
  const found = useFindings(series?.id, series?.id === open.series?.id ? runId : null)
  const planes = usePanes((state) => state.planes)
  const information = useViewer((state) => state.information)

  const show = useCallback(
    (seriesId: number, of = studyId) => {
      if (of !== null) place(usePanes.getState().active, { studyId: of, seriesId })
    },
    [studyId],
  )
  const result = found.findings.data
  const lesions = result?.lesions
  const keyHandlers = useMemo(
    () => ({
      series: study.data?.series ?? [],
      seriesId: series?.id,
      openSeries: show,
      lesions: lesions ?? [],
    }),
    [study.data, series?.id, show, lesions],
  )
  useViewerKeys(keyHandlers)

  const worked = useMemo(
    () =>
      begun && series && images.data
        ? {
            studyId: series.studyId,
            seriesId: series.id,
            photographs: isPhotographs(series),
            images: images.data,
          }
        : null,
    [begun, series, images.data],
  )

  const page = (
    <div className={classes.workplace}>
      <div className={classes.strip}>
        {begun && (
          <SeriesStrip
            series={study.data?.series ?? []}
            studyId={studyId}
            openId={series?.id}
            images={series && isPhotographs(series) ? images.data : undefined}
            onOpen={show}
          />
        )}
      </div>
      <div className={classes.tools}>{begun && <AnnotatingTools />}</div>
      <div className={classes.middle}>
        <div className={classes.bar}>{begun && <Toolbar />}</div>
        {planes ? (
          <Suspense>
            <PlanesStage
              viewer={pane.viewer}
              images={images.data}
              modality={series?.modality ?? null}
              found={found}
            />
          </Suspense>
        ) : (
          <PaneGrid open={open} />
        )}
        {series && <AreaStrip series={series} findings={result} />}
      </div>
      <aside className={classes.side}>
        {begun && (
          <>
            {information && <InformationPanel />}
            <AnnotatingPanel />
            <ReadingBar />
            {series && (
              <FindingsPanel
                series={series}
                found={found}
                predictions={pane.predictions}
                onRun={open.openRun}
              />
            )}
          </>
        )}
      </aside>
    </div>
  )
  return <Annotating series={worked}>{page}</Annotating>
}
