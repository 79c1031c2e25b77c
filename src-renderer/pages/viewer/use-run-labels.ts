import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '#renderer/app/api'
import { labelsOf, useBilingual, useLabelName } from '#renderer/app/label-names'
import type { Labels } from '#renderer/viewer/overlay/predictions'
import type { SeriesRun } from '#shared/contract/review'
import type { ModelManifest } from '#shared/domain/model-manifest/index'

/** Where no installed model names one: the warm colour of lesions. */
const usual = '#ff7a59'

export interface RunLabels extends Labels {
  groupNameOf: (group: string) => string
  /** Of the model that ran; undefined where its package is gone. */
  manifest: ModelManifest | undefined
}

/** How the model of a run calls and colours what it finds, its package gone or not; other models where it is silent. */
export function useRunLabels(run: Pick<SeriesRun, 'modelId' | 'modelVersion'> | null | undefined): RunLabels {
  const models = useQuery({ ...api.models.list.queryOptions(), enabled: run != null }).data
  const known = useQuery(api.models.knownLabels.queryOptions()).data
  const elsewhere = useLabelName()
  const inLanguage = useBilingual()
  const modelId = run?.modelId
  const version = run?.modelVersion
  return useMemo(() => {
    const manifest = models
      ?.map((model) => model.manifest)
      .find((one) => one.id === modelId && one.version === version)
    const ran = known?.find(({ model }) => model.id === modelId && model.version === version)
    const own = new Map(ran?.labels.map((label) => [label.id, label]))
    const others = new Map(labelsOf(known ?? []).map((label) => [label.id, label]))
    const groups = new Map(ran?.groups.map(({ id, name }) => [id, name]))
    return {
      manifest,
      nameOf: (label) => {
        const called = own.get(label)
        return called ? inLanguage(called.name) : elsewhere(label)
      },
      colourOf: (label) => (own.get(label) ?? others.get(label))?.colour ?? usual,
      groupNameOf: (group) => {
        const name = groups.get(group)
        return name ? inLanguage(name) : group
      },
    }
  }, [models, known, elsewhere, inLanguage, modelId, version])
}
