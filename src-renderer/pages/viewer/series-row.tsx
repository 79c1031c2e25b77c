import { useTranslation } from 'react-i18next'
import { Thumbnail } from '#renderer/ui/thumbnail'
import { paneCount, usePanes } from '#renderer/viewer/state/panes'
import type { SeriesCard } from '#shared/contract/library'
import { dragSeries } from './panes/dragged-series'
import classes from './series-strip.module.css'

/** A series as a card: pressed it fills the active pane, dragged any. */
export function SeriesRow({
  series,
  open,
  onOpen,
}: {
  series: SeriesCard
  open: boolean
  onOpen: (id: number, studyId: number) => void
}) {
  const { t } = useTranslation('viewer')
  const shown = usePanes(
    ({ contents, layout }) =>
      layout !== '1x1' &&
      contents.slice(0, paneCount[layout]).some((content) => content?.seriesId === series.id),
  )
  const unnamed =
    series.number === null ? t('series.unnamedOnly') : t('series.unnamed', { number: series.number })
  const name = series.description || unnamed
  return (
    <button
      type="button"
      className={classes.card}
      aria-current={open || undefined}
      data-shown={shown || undefined}
      title={name}
      onClick={() => onOpen(series.id, series.studyId)}
      draggable
      onDragStart={(event) =>
        dragSeries(event.dataTransfer, { studyId: series.studyId, seriesId: series.id })
      }
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
