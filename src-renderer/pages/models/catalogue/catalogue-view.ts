import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { task } from '#shared/domain/model-manifest/index'
import type { CatalogueFilter } from './families'

const domains = ['medical', 'retail'] as const
const states = ['active', 'attention'] as const

type Change = Partial<Record<keyof CatalogueFilter, string | null>>

/** What the catalogue shows: kept in the address, so that Back from a model returns to it. */
export function useCatalogueView(): { filter: CatalogueFilter; change: (change: Change) => void } {
  const [params, setParams] = useSearchParams()
  return useMemo(() => {
    const wantedTask = task.safeParse(params.get('task')).data
    const domain = domains.find((one) => one === params.get('domain'))
    const state = states.find((one) => one === params.get('state'))
    return {
      filter: {
        ...(wantedTask ? { task: wantedTask } : {}),
        ...(domain ? { domain } : {}),
        ...(state ? { state } : {}),
      },
      change: (change) =>
        setParams(
          (current) => {
            const next = new URLSearchParams(current)
            for (const [key, value] of Object.entries(change)) {
              if (value) next.set(key, value)
              else next.delete(key)
            }
            return next
          },
          { replace: true },
        ),
    }
  }, [params, setParams])
}
