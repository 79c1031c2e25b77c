import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabelName } from '#renderer/app/label-names'
import { useFormat } from '#renderer/ui/format'
import type { PictureFilter } from '#shared/contract/datasets'
import { annotationState } from '#shared/domain/annotation/annotation'
import { shapeKinds } from '#shared/domain/annotation/shape'
import { shapeSteps } from '#shared/domain/data-set/statistics'

/** What the bars of a chart are about. */
export type Facet = Exclude<keyof PictureFilter, 'cell' | 'excluded'>

const sexes = ['M', 'F', 'O'] as const

/** The name of a bar as a person reads it. */
export function useBarName(): (facet: Facet, value: string) => string {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const labelName = useLabelName()
  return useCallback(
    (facet, value) => {
      const kind = shapeKinds.find((one) => one === value)
      const state = annotationState.options.find((one) => one === value)
      const sex = sexes.find((one) => one === value)
      if (facet === 'label' && value === '') return t('pictures.unlabelled')
      if (facet === 'label') return labelName(value)
      if (value === '') return t('facet.unknown')
      if (facet === 'kind' && kind) return t(`shapes.${kind}`)
      if (facet === 'state' && state) return t(`states.${state}`)
      if (facet === 'sex' && sex) return t(`sexes.${sex}`)
      if (facet === 'age') return t('statistics.years', { from: value, to: Number(value) + 9 })
      if (facet === 'shape')
        return t('statistics.upTo', { percent: stepName(shapeSteps[Number(value)] ?? 1, format) })
      return value
    },
    [t, format, labelName],
  )
}

function stepName(step: number, format: ReturnType<typeof useFormat>): string {
  const percent = step * 100
  return percent >= 1 ? format.percent(step) : `${format.score(percent)} %`
}
