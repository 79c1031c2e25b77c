import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Thumbnail } from '#renderer/ui/thumbnail'
import classes from './dataset-page.module.css'
import { viewerLink } from './viewer-link'

interface Props {
  picture: { imageId: number; studyId: number; seriesId: number; ordinal: number; name: string }
  /** Under the name. */
  children?: ReactNode
  /** Not of the set, or settled. */
  quiet?: boolean
  selected: boolean
  onSelect: (selected: boolean) => void
}

/** A picture that opens in the viewer and can be selected. */
export function PictureTile({ picture, children, quiet = false, selected, onSelect }: Props) {
  const { t } = useTranslation('datasets')
  const name = picture.name.split(/[\\/]/).at(-1) ?? picture.name
  return (
    <li className={classes.tile} data-selected={selected} data-quiet={quiet}>
      <Link to={viewerLink(picture)} aria-label={t('pictures.open', { name })} title={picture.name}>
        <Thumbnail imageId={picture.imageId} lazy />
        <span className={classes.text}>
          <span>{name}</span>
          {children}
        </span>
      </Link>
      <label className={classes.check}>
        <input
          type="checkbox"
          checked={selected}
          aria-label={t('pictures.select', { name })}
          onChange={(event) => onSelect(event.currentTarget.checked)}
        />
      </label>
    </li>
  )
}
