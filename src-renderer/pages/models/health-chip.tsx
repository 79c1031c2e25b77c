import { IconAlertTriangle, IconCheck, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip } from '#renderer/ui/chip'
import type { InstalledModel } from '#shared/contract/models'

/** Whether the package is whole and its self-test passed somewhere on this computer; no word while it runs. */
export function HealthChip({ model, running = false }: { model: InstalledModel; running?: boolean }) {
  const { t } = useTranslation('models')
  if (running) {
    return (
      <Chip tone="plain" icon={<IconClock />}>
        {t('health.running')}
      </Chip>
    )
  }
  if (model.fault) {
    return (
      <Chip tone="bad" icon={<IconAlertTriangle />}>
        {t('health.broken')}
      </Chip>
    )
  }
  if (model.trials.length === 0) {
    return (
      <Chip tone="plain" icon={<IconClock />}>
        {t('health.untried')}
      </Chip>
    )
  }
  if (model.chosen === null) {
    return (
      <Chip tone="bad" icon={<IconAlertTriangle />}>
        {t('health.nowhere')}
      </Chip>
    )
  }
  return (
    <Chip tone="ok" icon={<IconCheck />}>
      {t('health.sound')}
    </Chip>
  )
}
