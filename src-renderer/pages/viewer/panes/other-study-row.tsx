import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { Thumbnail } from '#renderer/ui/thumbnail'
import type { StudyCard } from '#shared/contract/library'
import classes from '../series-strip.module.css'

interface Props {
  study: StudyCard
  open: boolean
  onOpen: () => void
}

/** Another study of the same subject: pressed it is put beside the open series, and its series are listed. */
export function OtherStudyRow({ study, open, onOpen }: Props) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const date = study.date ? format.day(study.date) : t('panes.undated')
  const name = [date, study.modalities.join(' '), study.description].filter(Boolean).join(' · ')
  return (
    <button
      type="button"
      className={classes.card}
      aria-expanded={open}
      title={t('panes.compare', { study: name })}
      onClick={onOpen}
    >
      <Thumbnail imageId={study.coverImageId} />
      <span className={classes.caption}>
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        <span className={classes.name}>{name}</span>
      </span>
    </button>
  )
}
