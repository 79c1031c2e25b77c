import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Thumbnail } from '#renderer/ui/thumbnail'
import { goTo, useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesCard, SeriesImage } from '#shared/contract/library'
import classes from './series-strip.module.css'

interface Props {
  series: readonly SeriesCard[]
  openId: number | undefined
  /** The pictures of the open series where each stands for itself. */
  images: readonly SeriesImage[] | undefined
  onOpen: (seriesId: number) => void
}

type Row = { kind: 'series'; series: SeriesCard } | { kind: 'image'; image: SeriesImage }

/** Card height with its gap, in pixels. */
const rowHeight = 152

/** The series of the study; below photographs their pictures, as many as there may be. */
export function SeriesStrip({ series, openId, images, onOpen }: Props) {
  const { t } = useTranslation('viewer')
  const rows = useMemo<Row[]>(
    () =>
      series.flatMap((one): Row[] =>
        one.id === openId && images
          ? images.map((image) => ({ kind: 'image', image }))
          : [{ kind: 'series', series: one }],
      ),
    [series, openId, images],
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
              {row.kind === 'series' ? (
                <SeriesRow series={row.series} open={row.series.id === openId} onOpen={onOpen} />
              ) : (
                <ImageRow image={row.image} />
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
  const index = useViewer((state) => state.index)
  useEffect(() => {
    const at = rows.findIndex((row) => row.kind === 'image' && row.image.ordinal === index)
    if (at >= 0) scrollToIndex(at, { align: 'auto' })
  }, [rows, index, scrollToIndex])
}

function SeriesRow({
  series,
  open,
  onOpen,
}: {
  series: SeriesCard
  open: boolean
  onOpen: (id: number) => void
}) {
  const { t } = useTranslation('viewer')
  const unnamed =
    series.number === null ? t('series.unnamedOnly') : t('series.unnamed', { number: series.number })
  const name = series.description || unnamed
  return (
    <button
      type="button"
      className={classes.card}
      aria-current={open || undefined}
      title={name}
      onClick={() => onOpen(series.id)}
    >
      <Thumbnail imageId={series.coverImageId} />
      <span className={classes.caption}>
        {series.lesionCount > 0 && <span className={classes.lesions} />}
        <span className={classes.name}>
          {series.modality && <b>{series.modality}</b>} {name}
        </span>
        <span className={classes.count}>{series.imageCount}</span>
      </span>
    </button>
  )
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
