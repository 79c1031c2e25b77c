import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { figureKey, withoutFlips } from '#shared/domain/model-manifest/figure-key'
import type { ModelManifest } from '#shared/domain/model-manifest/index'
import { texts } from '#shared/text/index'
import { asWords, splitKey } from './figure-words'
import { useBilingual } from './label-names'

type FigureName = keyof typeof texts.en.models.metrics.name

const isKnown = (key: string): key is FigureName => key in texts.en.models.metrics.name

/**
 * The name of a metric or of a figure of the threshold table as people know it; with the label it was measured of
 * where it says one; the manifest's own words where it has none here.
 */
export function useFigureName({ labels }: Pick<ModelManifest, 'labels'>): (name: string) => string {
  const { t } = useTranslation('models')
  const inLanguage = useBilingual()
  return useCallback(
    (name) => {
      const { key, flips } = withoutFlips(figureKey(name))
      const figure = () => {
        if (isKnown(key)) return t(`metrics.name.${key}`)
        const split = splitKey(key, isKnown)
        if (!split || !isKnown(split.figure)) return asWords(key)
        const label = labels.find(({ id }) => id === split.of)
        const of = label ? inLanguage(label.name) : split.of.replaceAll('-', ' ')
        return t('metrics.of', { figure: t(`metrics.name.${split.figure}`), of })
      }
      return flips ? t('metrics.withFlips', { figure: figure() }) : figure()
    },
    [t, inLanguage, labels],
  )
}
