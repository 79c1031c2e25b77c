import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FlipCost } from '#shared/contract/scoring'
import type { Fault } from '#shared/domain/fault'
import { api } from './api'
import { faultFrom } from './fault'

export interface FlipCostQuery {
  /** What was measured last on this computer; undefined where nothing was. */
  cost: FlipCost | undefined
  measure: () => void
  measuring: boolean
  /** Why the last measurement failed. */
  fault: Fault | null
}

/** What mirror images cost a model (`id@version`) on this computer, and a way to measure it now; null: no model. */
export function useFlipCost(model: string | null): FlipCostQuery {
  const queries = useQueryClient()
  const { data } = useQuery(
    api.scoring.flipCost.queryOptions({ input: model === null ? skipToken : { model } }),
  )
  const { mutate, variables, isPending, isError, error } = useMutation(
    api.scoring.measureFlips.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.scoring.flipCost.key() }),
    }),
  )
  const mine = variables?.model === model
  return {
    cost: data ?? undefined,
    measure: () => {
      if (model !== null) mutate({ model })
    },
    measuring: isPending && mine,
    fault: isError && mine ? faultFrom(error) : null,
  }
}
