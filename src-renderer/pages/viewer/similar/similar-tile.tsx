import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLabelName } from '#renderer/app/label-names'
import { viewerLink } from '#renderer/pages/datasets/viewer-link'
import { useFormat } from '#renderer/ui/format'
import { Thumbnail } from '#renderer/ui/thumbnail'
import { usePanes } from '#renderer/viewer/state/panes'
import { goTo } from '#renderer/viewer/state/viewer-store'
import type { SimilarPicture } from '#shared/contract/similarity'
import classes from './similar-dialog.module.css'

interface Props {
  picture: SimilarPicture
  /** At least as similar as pictures of the same thing usually are. */
  same: boolean
  onOpen: () => void
}

/** One similar picture; it opens in the viewer. */
export function SimilarTile({ picture, same, onOpen }: Props) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const nameOf = useLabelName()
  const { name, subject, label, similarity } = picture
  const value = format.score(similarity)
  const open = () => {
    const { contents, active } = usePanes.getState()
    // the series is open already, and the address alone would not move it
    if (contents[active]?.seriesId === picture.seriesId) goTo(picture.ordinal)
    onOpen()
  }
  return (
    <li className={classes.tile}>
      <Link
        to={viewerLink(picture)}
        aria-label={t('similar.show', { name, value })}
        title={`${subject}\n${name}`}
        onClick={open}
      >
        <span className={classes.picture}>
          <Thumbnail imageId={picture.imageId} lazy />
        </span>
        <span className={classes.line}>
          <span className={classes.label} title={label ? t(`similar.by.${label.by}`) : undefined}>
            {label ? nameOf(label.id) : t('similar.unknown')}
          </span>
          <b className={classes.value} data-same={same} title={same ? t('similar.same') : undefined}>
            {value}
          </b>
        </span>
        <span className={classes.name}>{name}</span>
      </Link>
    </li>
  )
}
