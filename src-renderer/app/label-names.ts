import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { KnownLabels } from '#shared/contract/models'
import type { Bilingual } from '#shared/domain/model-manifest/index'
import { api } from './api'

/** A bilingual text in the language of the screen. */
export function useBilingual(): (text: Bilingual) => string {
  const { i18n } = useTranslation()
  const chinese = i18n.language === 'zh'
  return useCallback((text) => (chinese ? text.zh : text.en), [chinese])
}

/** The name of a finding's label, as models call it, removed ones after those installed; itself where none knows it. */
export function useLabelName(): (label: string) => string {
  const models = useQuery(api.models.knownLabels.queryOptions()).data
  const inLanguage = useBilingual()
  const names = useMemo(
    () => new Map(labelsOf(models ?? []).map((label) => [label.id, label.name])),
    [models],
  )
  return useCallback(
    (label) => {
      const name = names.get(label)
      return name ? inLanguage(name) : label
    },
    [names, inLanguage],
  )
}

/** Labels of every model, those of installed ones last, so that they stand where models call one thing by two names. */
export function labelsOf(models: readonly KnownLabels[]): KnownLabels['labels'] {
  return [...models]
    .sort((left, right) => Number(left.installed) - Number(right.installed))
    .flatMap(({ labels }) => labels)
}
