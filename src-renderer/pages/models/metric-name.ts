import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { texts } from '#shared/text/index'

const isKnown = (name: string): name is keyof typeof texts.en.models.metrics.name =>
  name in texts.en.models.metrics.name

/** The name of a metric as people know it; the manifest's own where it has none here. */
export function useMetricName(): (name: string) => string {
  const { t } = useTranslation('models')
  return useCallback((name) => (isKnown(name) ? t(`metrics.name.${name}`) : name), [t])
}
