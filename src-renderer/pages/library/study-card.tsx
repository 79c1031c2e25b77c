import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLabelName } from '#renderer/app/label-names'
import { useModalityName } from '#renderer/app/modality-names'
import { useFormat } from '#renderer/ui/format'
import { Thumbnail } from '#renderer/ui/thumbnail'
import type { StudyCard } from '#shared/contract/library'
import classes from './study-card.module.css'

interface Props {
  study: StudyCard
  index: number
  selected: boolean
  /** In the tab order: one card of the grid is, arrows move between the others. */
  reachable: boolean
  onToggle: (study: StudyCard, index: number, range: boolean) => void
  onFocus: (index: number) => void
}

/** A study: its picture, what was found, and the box that selects it. */
export const Card = memo(function Card({ study, index, selected, reachable, onToggle, onFocus }: Props) {
  const { t } = useTranslation(['library', 'common'])
  const modalityName = useModalityName()
  const format = useFormat()
  const kinds = study.modalities.map(modalityName).join(', ')
  const size = t('common:images', { count: study.imageCount })
  const about = study.date ? `${format.day(study.date)} · ${size}` : size
  return (
    <li className={classes.card} data-selected={selected || undefined}>
      <Link
        to={`/study/${study.id}`}
        className={classes.link ?? ''}
        data-index={index}
        tabIndex={reachable ? 0 : -1}
        draggable={false}
        onFocus={() => onFocus(index)}
        onClick={(event) => {
          if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return
          event.preventDefault()
          onToggle(study, index, event.shiftKey)
        }}
      >
        <span className={classes.picture}>
          <Thumbnail imageId={study.coverImageId} />
          <Outcome study={study} />
          {study.phantom && <span className={classes.phantom}>{t('badge.phantom')}</span>}
        </span>
        <span className={classes.text}>
          <span className={classes.head}>
            <b className={classes.subject}>{study.subject}</b>
            <span className={classes.kinds}>{kinds}</span>
          </span>
          <span className={classes.line}>{study.description}</span>
          <span className={classes.line}>{about}</span>
        </span>
      </Link>
      <label className={classes.check}>
        <input
          type="checkbox"
          checked={selected}
          tabIndex={reachable ? 0 : -1}
          aria-label={t('select', { subject: study.subject })}
          onChange={() => undefined}
          onClick={(event) => onToggle(study, index, event.shiftKey)}
        />
      </label>
    </li>
  )
})

function Outcome({ study }: { study: StudyCard }) {
  const { t } = useTranslation(['library', 'common'])
  const labelName = useLabelName()
  const format = useFormat()
  if (!study.scored) return <span className={classes.badge}>{t('badge.unscored')}</span>
  if (study.topLabel === null) return <span className={classes.badge}>{t('badge.none')}</span>
  return (
    <span className={classes.found}>
      <span className={classes.label}>{labelName(study.topLabel)}</span>
      {study.topScore !== null && <span>{format.score(study.topScore)}</span>}
      {study.lesionCount > 1 && (
        <span title={t('common:lesions', { count: study.lesionCount })}>× {study.lesionCount}</span>
      )}
    </span>
  )
}

/** Holds the place of a study that is still being fetched. */
export function CardPlaceholder() {
  return <li className={classes.placeholder} aria-hidden="true" />
}
