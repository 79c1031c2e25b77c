import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { FaultNote } from '#renderer/ui/fault-note'
import classes from '../models-page.module.css'

/** Folders that look like a model package and cannot be used, and why. */
export function FaultyPackages() {
  const { t } = useTranslation('models')
  const faulty = useQuery(api.models.faulty.queryOptions())
  if (!faulty.data || faulty.data.length === 0) return null
  return (
    <section className={classes.faulty}>
      <h2>{t('faulty')}</h2>
      {faulty.data.map(({ folder, fault }) => (
        <div key={folder}>
          <code>{folder}</code>
          <FaultNote fault={fault} />
        </div>
      ))}
    </section>
  )
}
