import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { heatSide } from '#shared/domain/data-set/statistics'
import { useSetView } from '../set-view'
import classes from './statistics.module.css'

/** How many boxes cover each cell of the picture; a cell leads to its pictures. */
export function HeatMap({ heat }: { heat: readonly number[] }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const { show } = useSetView()
  const most = Math.max(1, ...heat)
  return (
    <div className={classes.heat}>
      {heat.map((count, cell) => {
        const place = { row: Math.floor(cell / heatSide) + 1, column: (cell % heatSide) + 1 }
        const title = t('statistics.cell', { ...place, count: format.whole(count) })
        return (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
            key={cell}
            type="button"
            tabIndex={-1}
            title={title}
            aria-label={title}
            disabled={count === 0}
            style={{ opacity: 0.06 + 0.94 * (count / most) }}
            onClick={() => show('pictures', { cell })}
          />
        )
      })}
    </div>
  )
}
