import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Thumbnail } from '#renderer/ui/thumbnail'
import { goTo, useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesCard, SeriesImage, StudyCard } from '#shared/contract/library'
import { OtherStudyRow } from './panes/other-study-row'
import { useOtherStudies } from './panes/use-other-studies'
import { SeriesRow } from './series-row'
import classes from './series-strip.module.css'

interface Props {
  series: readonly SeriesCard[]
  studyId: number | null
  openId: number | undefined
  /** The pictures of the open series where each stands for itself. */
  images: readonly SeriesImage[] | undefined
  onOpen: (seriesId: number, studyId?: number) => void
}

type Row =
  | { kind: 'series'; series: SeriesCard }
  | { kind: 'image'; image: SeriesImage }
  | { kind: 'study'; study: StudyCard }

/** Card height with its gap, in pixels. */
const rowHeight = 152

/** The series of the study; below photographs their pictures, as many as there may be. */
export function SeriesStrip({ series, studyId, openId, images, onOpen }: Props) {
  const { t } = useTranslation('viewer')
  const others = useOtherStudies(studyId)
  const rows = useMemo<Row[]>(
    () => [
      ...series.flatMap((one): Row[] =>
        one.id === openId && images
          ? images.map((image) => ({ kind: 'image', image }))
          : [{ kind: 'series', series: one }],
      ),
      ...others.studies.flatMap((study): Row[] => [
        { kind: 'study', study },
        ...others.seriesOf(study.id).map((one) => ({ kind: 'series' as const, series: one })),
      ]),
    ],
    [series, openId, images, others],
  )
  const scroller = useRef<HTMLElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    paddingStart: 8,
  })
  useFollow(rows, virtual.scrollToIndex)

  return (
    <nav
      ref={scroller}
      className={classes.strip}
      aria-label={images ? t('series.pictures') : t('series.label')}
    >
      <ul style={{ height: virtual.getTotalSize() }} className={classes.list}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <li key={item.key} className={classes.row} style={{ transform: `translateY(${item.start}px)` }}>
              {row.kind === 'series' && (
                <SeriesRow series={row.series} open={row.series.id === openId} onOpen={onOpen} />
              )}
              {row.kind === 'image' && <ImageRow image={row.image} />}
              {row.kind === 'study' && (
                <OtherStudyRow
                  study={row.study}
                  open={others.unfolded === row.study.id}
                  onOpen={() => others.unfold(row.study.id)}
                />
              )}
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

/** Keeps the picture that is open in sight. */
function useFollow(rows: readonly Row[], scrollToIndex: (index: number, options: { align: 'auto' }) => void) {
  useEffect(() => {
    const follow = (index: number) => {
      const at = rows.findIndex((row) => row.kind === 'image' && row.image.ordinal === index)
      if (at >= 0) scrollToIndex(at, { align: 'auto' })
    }
    follow(useViewer.getState().index)
    return useViewer.subscribe(({ index }, before) => {
      if (index !== before.index) follow(index)
    })
  }, [rows, scrollToIndex])
}

function ImageRow({ image }: { image: SeriesImage }) {
  const open = useViewer((state) => state.index === image.ordinal)
  return (
    <button
      type="button"
      className={classes.card}
      aria-current={open || undefined}
      title={image.name}
      onClick={() => goTo(image.ordinal)}
    >
      <Thumbnail imageId={image.id} />
      <span className={classes.caption}>
        <span className={classes.name}>{image.name}</span>
        <span className={classes.count}>{image.ordinal + 1}</span>
      </span>
    </button>
  )
}
