import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip } from '#renderer/ui/chip'

/** How much of a study or series the library has already. */
export function HeldChip({ held, of }: { held: number; of: number | null }) {
  const { t } = useTranslation('sources')
  if (held === 0) return null
  if (of !== null && held < of) return <Chip>{t('held.some', { count: held })}</Chip>
  return (
    <Chip tone="ok" icon={<IconCheck />}>
      {t('held.all')}
    </Chip>
  )
}
