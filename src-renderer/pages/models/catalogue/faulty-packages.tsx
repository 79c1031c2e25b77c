import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { FaultNote } from '#renderer/ui/fault-note'
import classes from './faulty-packages.module.css'

const DiscardDialog = lazy(() => import('./discard-dialog'))

/** Folders that look like a model package and cannot be used, and why; those installed here can be removed. */
export function FaultyPackages() {
  const { t } = useTranslation('models')
  const [discarding, setDiscarding] = useState<string | null>(null)
  const faulty = useQuery(api.models.faulty.queryOptions())
  if (!faulty.data || faulty.data.length === 0) return null
  return (
    <section className={classes.faulty}>
      <h2>{t('faulty')}</h2>
      {faulty.data.map(({ folder, bundled, fault }) => (
        <div key={folder}>
          <div className={classes.head}>
            <code>{folder}</code>
            {!bundled && (
              <Button size="xs" variant="default" onClick={() => setDiscarding(folder)}>
                {t('remove.button')}
              </Button>
            )}
          </div>
          <FaultNote fault={fault} />
        </div>
      ))}
      <Suspense>
        {discarding !== null && <DiscardDialog folder={discarding} onClose={() => setDiscarding(null)} />}
      </Suspense>
    </section>
  )
}
