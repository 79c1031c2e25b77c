import { IconMapOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { EmptyState } from '#renderer/ui/empty-state'

/** For an address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  return (
    <EmptyState icon={<IconMapOff />} title={t('notFound.title')} text={t('notFound.text')}>
      <Link to="/">{t('notFound.back')}</Link>
    </EmptyState>
  )
}
