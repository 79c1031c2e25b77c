import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { InstalledModel } from '#shared/contract/models'
import { modelName } from '#shared/domain/model-manifest/index'
import { api } from './api'
import { useBilingual } from './label-names'

/** Models that a person may score with: sound, and able to answer without clicks. */
export function useScoringModels(): InstalledModel[] {
  const installed = useQuery(api.models.list.queryOptions()).data ?? []
  return installed.filter(
    ({ fault, manifest }) => fault === null && manifest.task !== 'promptable-segmentation',
  )
}

interface Props {
  label: string
  size?: 'xs' | 'sm'
  /** `id@version`; null: the active model that fits each image. */
  value: string | null
  onChange: (model: string | null) => void
}

/** The model to score with, by task, or whatever fits each image. */
export function ModelSelect({ label, size = 'sm', value, onChange }: Props) {
  const { t } = useTranslation(['scoring', 'models'])
  const inLanguage = useBilingual()
  const byTask = Map.groupBy(useScoringModels(), ({ manifest }) => manifest.task)
  return (
    <NativeSelect
      label={label}
      size={size}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      data={[
        { value: '', label: t('start.modelAuto') },
        ...[...byTask].map(([task, models]) => ({
          group: t(`models:task.${task}`),
          items: models.map(({ manifest }) => ({
            value: modelName(manifest),
            label: `${inLanguage(manifest.name)} ${manifest.version}`,
          })),
        })),
      ]}
    />
  )
}
