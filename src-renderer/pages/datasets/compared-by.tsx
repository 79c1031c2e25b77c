import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { Comparison } from '#shared/domain/data-set/comparison'

/** How pictures were looked through for near duplicates, and how many by half of it only. */
export function ComparedBy({ compared: { vectors, byHashAlone } }: { compared: Comparison }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  if (!vectors) return <p className="quiet">{t('compared.hashAlone')}</p>
  const { model, grey, colour } = vectors
  return (
    <p className="quiet">
      {t('compared.about', { model, grey: format.score(grey), colour: format.score(colour) })}
      {byHashAlone > 0 && ` ${t('compared.without', { count: byHashAlone })}`}
    </p>
  )
}

/** Which signs found a pair of near duplicates, each with its figure. */
export function useSigns(): (likeness: number | null, cosine: number | null) => string {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  return (likeness, cosine) =>
    [
      likeness !== null && t('compared.hash', { percent: format.percent(likeness) }),
      cosine !== null && t('compared.vector', { cosine: format.cosine(cosine) }),
    ]
      .filter(Boolean)
      .join(' · ')
}
