import { Button } from '@mantine/core'
import { IconAlertOctagon, IconShieldCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { toastError } from '#renderer/app/toast'
import { useFormat } from '#renderer/ui/format'
import { Thumbnail } from '#renderer/ui/thumbnail'
import { leaksIn, type Split } from '#shared/domain/data-set/split'
import { ComparedBy, useSigns } from '../compared-by'
import classes from './versions-tab.module.css'

const shownExamples = 8

/** What the parts of a split share. Where they share anything it cannot be overlooked, and export is blocked. */
export function LeakBanner({ split }: { split: Split }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const queries = useQueryClient()
  const acknowledge = useMutation(
    api.datasets.acknowledge.mutationOptions({
      onError: toastError,
      onSuccess: () => queries.invalidateQueries({ queryKey: api.datasets.splits.key() }),
    }),
  )
  const { leaks, acknowledgedAt } = split
  const signs = useSigns()
  const known = (
    <>
      {leaks.compared && <ComparedBy compared={leaks.compared} />}
      {leaks.unmeasured > 0 && (
        <p className={classes.warn}>{t('split.unmeasured', { count: leaks.unmeasured })}</p>
      )}
    </>
  )
  if (leaksIn(leaks) === 0) {
    return (
      <>
        <p className={classes.tight}>
          <IconShieldCheck size={18} aria-hidden />
          {t('split.noLeaks')}
        </p>
        {known}
      </>
    )
  }
  return (
    <section className={classes.leak} role="alert">
      <h3>
        <IconAlertOctagon size={20} aria-hidden />
        {t('split.leak.title')}
      </h3>
      <ul>
        {leaks.subjects > 0 && <li>{t('split.leak.subjects', { count: leaks.subjects })}</li>}
        {leaks.pixels > 0 && <li>{t('split.leak.pixels', { count: leaks.pixels })}</li>}
        {leaks.nearDuplicates > 0 && <li>{t('split.leak.near', { count: leaks.nearDuplicates })}</li>}
      </ul>
      <ul className={classes.examples}>
        {leaks.examples.slice(0, shownExamples).map(({ kind, name, places, likeness, cosine }) => (
          <li key={`${kind} ${name} ${places[1]?.imageId}`} className={classes.example}>
            {places.slice(0, 2).map(({ imageId, part }) => (
              <figure key={imageId}>
                <Thumbnail imageId={imageId} />
                <figcaption>{part}</figcaption>
              </figure>
            ))}
            {kind === 'near-duplicate' && <small>{signs(likeness, cosine)}</small>}
          </li>
        ))}
      </ul>
      {known}
      {acknowledgedAt ? (
        <p>{t('split.leak.accepted', { when: format.moment(acknowledgedAt) })}</p>
      ) : (
        <>
          <p>{t('split.leak.blocked')}</p>
          <div>
            <Button
              color="red"
              variant="light"
              loading={acknowledge.isPending}
              onClick={() => acknowledge.mutate({ splitId: split.id })}
            >
              {t('split.leak.accept')}
            </Button>
          </div>
        </>
      )}
    </section>
  )
}
