import { useTranslation } from 'react-i18next'
import { useViewer } from '#renderer/viewer/state/viewer-store'

/** Where millimetres come from, beside the scale, where it is not the calibrated Pixel Spacing. */
export function SpacingSource() {
  const { t } = useTranslation('annotate')
  const source = useViewer(({ drawn }) => drawn?.image.geometry?.spacingSource ?? null)
  if (source === null || source === 'PixelSpacing' || source === 'none') return null
  return <span>{t(`spacings.${source}`)}</span>
}
