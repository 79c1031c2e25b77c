import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Bilingual } from '#shared/domain/model-manifest/index'
import { api } from './api'

/** A bilingual text in the language of the screen. */
export function useBilingual(): (text: Bilingual) => string {
  const { i18n } = useTranslation()
  const chinese = i18n.language === 'zh'
  return useCallback((text) => (chinese ? text.zh : text.en), [chinese])
}

/** The name of a finding's label, as the installed models call it; the label itself where none knows it. */
export function useLabelName(): (label: string) => string {
  const models = useQuery(api.models.list.queryOptions()).data
  const inLanguage = useBilingual()
  const names = useMemo(
    () => new Map(models?.flatMap((model) => model.manifest.labels.map((label) => [label.id, label.name]))),
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
