import { useTranslation } from 'react-i18next'
import { useBilingual } from '#renderer/app/label-names'
import { Swatch } from '#renderer/pages/models/swatch'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { LessonPlan } from '#shared/contract/teaching'
import classes from './teach.module.css'

/** Labels with their examples, what is left out and why, and how the classifier will be judged. */
export function LessonView({ plan }: { plan: LessonPlan }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const inLanguage = useBilingual()
  const taught = plan.labels.filter((label) => label.taught).length
  return (
    <section className={classes.lesson} aria-label={t('teach.examples')}>
      {plan.labels.length > 0 && (
        <ul className={classes.labels}>
          {plan.labels.map(({ key, name, colour, pictures, taught: used }) => (
            <li key={key} data-unused={!used}>
              <Swatch colour={colour}>{inLanguage(name)}</Swatch>
              <span>
                {t('card.images', { count: pictures })}
                {!used && ` · ${t('teach.tooFew')}`}
              </span>
            </li>
          ))}
        </ul>
      )}
      {plan.leftOut.length > 0 && (
        <ul className={classes.leftOut}>
          {plan.leftOut.map(({ reason, pictures }) => (
            <li key={reason}>{t(`teach.leftOut.${reason}`, { count: pictures })}</li>
          ))}
        </ul>
      )}
      {plan.fault === null ? (
        <p>
          {t('teach.sum', { labels: format.whole(taught), pictures: format.whole(plan.pictures) })}{' '}
          {t(`teach.judged.${plan.judgedBy}`)}{' '}
          {plan.withoutVector > 0 && t('teach.vectors', { count: plan.withoutVector })}
        </p>
      ) : taught < 2 ? (
        <p className={classes.howTo} role="alert">
          {t('teach.howTo')}
        </p>
      ) : (
        <FaultNote fault={plan.fault} />
      )}
    </section>
  )
}
