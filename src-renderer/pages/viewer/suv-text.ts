import type { TFunction } from 'i18next'
import type { SuvScale } from '#shared/pixels/suv'

/** How uptake is told of a PET image, or why it is not. */
export const suvText = (suv: SuvScale, t: TFunction<'viewer'>): string =>
  'factor' in suv
    ? t('suv.bodyWeight', { factor: suv.factor.toExponential(3) })
    : t(`suv.missing.${suv.missing}`)
