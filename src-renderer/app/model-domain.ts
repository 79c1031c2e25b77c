import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { modelName } from '#shared/domain/model-manifest/index'
import { api } from './api'

/** Whether what a model (`id@version`) finds are products of a store rather than findings in a body. */
export function useFindsProducts(): (model: string) => boolean {
  const models = useQuery(api.models.list.queryOptions()).data
  return useCallback(
    (name) =>
      models?.some(({ manifest }) => modelName(manifest) === name && manifest.fits.domain === 'retail') ??
      false,
    [models],
  )
}
