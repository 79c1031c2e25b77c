import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { texts } from '#shared/text/index'

const isKnown = (modality: string): modality is keyof typeof texts.en.common.modality =>
  modality in texts.en.common.modality

/** The name of a DICOM modality, or of `PHOTO`; the code itself where it has none here. */
export function useModalityName(): (modality: string) => string {
  const { t } = useTranslation()
  return useCallback((modality) => (isKnown(modality) ? t(`modality.${modality}`) : modality), [t])
}
