import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { useSetView } from '../set-view'
import { type Facet, useBarName } from './bar-name'
import classes from './statistics.module.css'

interface Props {
  facet: Facet
  bars: readonly { name: string; count: number }[]
}

/** Counts as bars; each leads to its pictures. */
export function Bars({ facet, bars }: Props) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const nameOf = useBarName()
  const { show } = useSetView()
  const most = Math.max(1, ...bars.map(({ count }) => count))
  if (bars.every(({ count }) => count === 0)) return <p className="quiet">{t('statistics.none')}</p>
  return (
    <ul className={classes.bars}>
      {bars.map(({ name, count }) => (
        <li key={name}>
          <button type="button" disabled={count === 0} onClick={() => show('pictures', { [facet]: name })}>
            <span className={classes.name} title={nameOf(facet, name)}>
              {nameOf(facet, name)}
            </span>
            <span className={classes.track}>
              <span style={{ width: `${(count / most) * 100}%` }} />
            </span>
            <span className={classes.value}>{format.whole(count)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
