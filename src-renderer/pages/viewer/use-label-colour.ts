import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { api } from '#renderer/app/api'

/** Where no installed model names one: the warm colour of lesions. */
const usual = '#ff7a59'

/** The colour of a finding's label, as its model declares it. */
export function useLabelColour(): (label: string) => string {
  const models = useQuery(api.models.list.queryOptions()).data
  const colours = useMemo(
    () => new Map(models?.flatMap(({ manifest }) => manifest.labels.map(({ id, colour }) => [id, colour]))),
    [models],
  )
  return useCallback((label) => colours.get(label) ?? usual, [colours])
}
