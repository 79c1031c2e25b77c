import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import { type StackCaution, stackCautions } from '#shared/geometry/stack-cautions'

/** What a person should know before measuring across the slices of this stack. */
export function Cautions() {
  const { t } = useTranslation('viewer')
  const images = useViewer((state) => state.images)
  const cautions = useMemo(() => stackCautions(images), [images])
  return cautions.map((caution) => <p key={caution.kind}>{textOf(caution, t)}</p>)
}

function textOf(caution: StackCaution, t: TFunction<'viewer'>): string {
  if (caution.kind === 'tilt') return t('cautions.tilt', { degrees: caution.degrees.toFixed(1) })
  if (caution.kind !== 'distances') return t(`cautions.${caution.kind}`)
  const { least, most } = caution
  return t('cautions.distances', { least: least.toFixed(2), most: most.toFixed(2) })
}
