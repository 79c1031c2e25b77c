import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { toast, toastError } from '#renderer/app/toast'

/** Checks a model's files and runs its self-test on every provider; says how it went. */
export function useVerify(id: string, version: string): { verify: () => void; verifying: boolean } {
  const { t } = useTranslation('models')
  const queries = useQueryClient()
  const { mutate, isPending } = useMutation(
    api.models.verify.mutationOptions({
      onSuccess: ({ fault, chosen }) => {
        const sound = fault === null && chosen !== null
        void toast(t(sound ? 'verify.passed' : 'verify.failed'), sound ? 'good' : 'bad')
      },
      onError: toastError,
      onSettled: () => queries.invalidateQueries({ queryKey: api.models.key() }),
    }),
  )
  const verify = useCallback(() => mutate({ id, version }), [mutate, id, version])
  return { verify, verifying: isPending }
}
