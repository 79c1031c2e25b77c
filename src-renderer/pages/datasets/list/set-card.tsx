import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormat } from '#renderer/ui/format'
import { Thumbnail } from '#renderer/ui/thumbnail'
import type { DataSet } from '#shared/contract/datasets'
import classes from '../datasets-page.module.css'

/** A data set in brief. */
export function SetCard({ set }: { set: DataSet }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const { images, annotated, excluded, newest } = set
  return (
    <li>
      <Link to={`/datasets/${set.id}`} className={classes.card}>
        <Thumbnail imageId={set.coverImageId} />
        <span className={classes.text}>
          <b>{set.name}</b>
          <span>{t('card.images', { count: images })}</span>
          <span>
            {t('card.annotated', { percent: format.percent(images > 0 ? annotated / images : 0) })}
            {excluded > 0 && ` · ${t('card.excluded', { count: excluded })}`}
          </span>
          <span>{newest ? t('card.version', { number: newest.number }) : t('card.noVersion')}</span>
        </span>
      </Link>
    </li>
  )
}
