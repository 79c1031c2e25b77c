import { useTranslation } from 'react-i18next'
import { useModalityName } from '#renderer/app/modality-names'
import type { ModelManifest } from '#shared/domain/model-manifest/index'

/** The images a model is made for, in a short phrase. */
export function useFits({ fits }: Pick<ModelManifest, 'fits'>): string {
  const { t, i18n } = useTranslation('models')
  const modalityName = useModalityName()
  const list = new Intl.ListFormat(i18n.language, { type: 'disjunction', style: 'short' })
  const kinds = fits.domain === 'retail' ? [modalityName('PHOTO')] : fits.modalities.map(modalityName)
  const { spacing } = fits
  const parts = [
    kinds.length > 0 ? list.format(kinds) : t('fits.anyPicture'),
    t(`fits.colour.${fits.colour}`),
    list.format(fits.bodyParts),
    spacing && t('fits.spacing', { least: spacing.least, greatest: spacing.greatest }),
  ]
  return parts.filter(Boolean).join(' · ')
}
