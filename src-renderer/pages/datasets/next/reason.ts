import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { QueueItem } from '#shared/contract/datasets'

/** Why a picture is worth labelling, as a phrase. */
export function useReason(): (reason: QueueItem['reason']) => string {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  return ({ kind, value, label }) => {
    const figure = kind === 'far' ? format.score(value) : format.percent(value)
    return kind === 'uncertain'
      ? t('next.reason.uncertain', { label: label ?? '', value: figure })
      : t(`next.reason.${kind}`, { value: figure })
  }
}
