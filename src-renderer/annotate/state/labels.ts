import { skipToken, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '#renderer/app/api'
import { useBilingual, useLabelName } from '#renderer/app/label-names'
import { useSettings } from '#renderer/app/settings'
import type { LabelSchema, SchemaLabel } from '#shared/domain/annotation/label-schema'
import { useHand } from './hand'

/** Where neither the schema nor a model names a colour: the warm one of lesions. */
const usual = '#ff7a59'

export interface Labels {
  schema: LabelSchema | undefined
  /** The one that is drawn; null while the schema is on its way. */
  current: SchemaLabel | null
  of: (key: string) => SchemaLabel | undefined
  nameOf: (key: string) => string
  colourOf: (key: string) => string
}

/**
 * The labels that are drawn with here; what the schema does not know is called and coloured as models do. The schema is
 * fetched once something is `worked` on.
 */
export function useLabels(photographs: boolean, worked: boolean): Labels {
  const settings = useSettings()
  const id = worked && settings && (photographs ? settings.auditLabels : settings.examinationLabels)
  const schema = useQuery(api.annotations.schema.queryOptions({ input: id ? { id } : skipToken })).data
  const models = useQuery(api.models.knownLabels.queryOptions()).data
  const modelName = useLabelName()
  const inLanguage = useBilingual()
  const chosen = useHand((state) => state.label)
  return useMemo(() => {
    const own = new Map(schema?.labels.map((label) => [label.key, label]))
    const colours = new Map(models?.flatMap(({ labels }) => labels.map((label) => [label.id, label.colour])))
    return {
      schema,
      current: own.get(chosen ?? '') ?? schema?.labels[0] ?? null,
      of: (key) => own.get(key),
      nameOf: (key) => {
        const known = own.get(key)
        return known ? inLanguage(known.name) : modelName(key)
      },
      colourOf: (key) => own.get(key)?.colour ?? colours.get(key) ?? usual,
    }
  }, [schema, models, modelName, inLanguage, chosen])
}
