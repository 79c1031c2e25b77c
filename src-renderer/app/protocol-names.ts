import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { builtInProtocols, type HangingProtocol } from '#shared/domain/hanging-protocol'

const known = ['pet-ct', 'chest-ct', 'ct-mr', 'prior'] as const

/** The name of a hanging protocol: those the app comes with in the language of the screen until they are renamed. */
export function useProtocolName(): (protocol: HangingProtocol) => string {
  const { t } = useTranslation('settings')
  return useCallback(
    ({ id, name }) => {
      const own = known.find((one) => one === id)
      const renamed = builtInProtocols.find((one) => one.id === id)?.name !== name
      return own && !renamed ? t(`hanging.names.${own}`) : name
    },
    [t],
  )
}
