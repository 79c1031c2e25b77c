import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { Annotation } from '#shared/domain/annotation/annotation'
import classes from './annotations-panel.module.css'

/** How an annotation came to be as it is: who did what and when, newest first. */
export function History({ one }: { one: Annotation }) {
  const { t } = useTranslation('annotate')
  const format = useFormat()
  const history = useQuery(
    api.annotations.history.queryOptions({
      input: { annotationId: one.id },
      // asked anew after every change
      queryKey: [...api.annotations.history.key({ input: { annotationId: one.id } }), one.revision],
    }),
  )
  if (history.error) return <FaultNote fault={faultFrom(history.error)} />
  return (
    <ol className={classes.history}>
      {history.data?.toReversed().map(({ revision, kind, how, reader, changedAt }) => (
        <li key={revision}>
          <span>{t(`history.${how}`, { act: t(`kinds.${kind}`) })}</span>
          <span className={classes.where}>
            {reader} · {format.moment(changedAt)}
          </span>
        </li>
      ))}
    </ol>
  )
}
