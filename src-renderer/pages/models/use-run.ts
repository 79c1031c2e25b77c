import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { toast, toastError } from '#renderer/app/toast'
import type { InstalledModel } from '#shared/contract/models'

/** Milliseconds between looks at how far a run over all providers is. */
const LOOK = 1_000

export interface Run {
  run: () => void
  running: boolean
  /** ISO time at which the run under way began; null while none is. */
  since: string | null
}

function useRun(ask: (named: { id: string; version: string }) => Promise<InstalledModel>, model: Named): Run {
  const { t } = useTranslation('models')
  const queries = useQueryClient()
  const [since, setSince] = useState<string | null>(null)
  const { id, version } = model
  const { mutate, isPending } = useMutation({
    mutationFn: ask,
    onSuccess: ({ fault, chosen }) => {
      const sound = fault === null && chosen !== null
      void toast(t(sound ? model.passed : 'verify.failed'), sound ? 'good' : 'bad')
    },
    onError: toastError,
    onSettled: () => {
      setSince(null)
      return queries.invalidateQueries({ queryKey: api.models.key() })
    },
  })
  const run = useCallback(() => {
    setSince(new Date().toISOString())
    mutate({ id, version })
  }, [mutate, id, version])
  // trials are kept as they end, so asking again shows how far the run is
  useQuery(api.models.get.queryOptions({ input: { id, version }, enabled: isPending, refetchInterval: LOOK }))
  return { run, running: isPending, since: isPending ? since : null }
}

interface Named {
  id: string
  version: string
  passed: 'verify.passed' | 'bench.done'
}

/** Checks a model's files and runs its self-test on every provider; says how it went. */
export function useVerify(id: string, version: string): Run {
  return useRun(api.models.verify.call, { id, version, passed: 'verify.passed' })
}

/** Times each file of a model on every provider of this computer. */
export function useBench(id: string, version: string): Run {
  return useRun(api.models.bench.call, { id, version, passed: 'bench.done' })
}
