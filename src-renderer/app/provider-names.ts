import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { texts } from '#shared/text/index'

const isKnown = (provider: string): provider is keyof typeof texts.en.common.provider =>
  provider in texts.en.common.provider

/** The name of a provider, or of `auto`, as people know it. */
export function useProviderName(): (provider: string) => string {
  const { t } = useTranslation()
  return useCallback((provider) => (isKnown(provider) ? t(`provider.${provider}`) : provider), [t])
}
