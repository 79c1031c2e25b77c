import { Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { toastError } from '#renderer/app/toast'
import type { InstalledModel } from '#shared/contract/models'

/** Whether scoring may pick this version by itself. */
export function ActiveSwitch({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const queries = useQueryClient()
  const { id, version } = model.manifest
  const set = useMutation(
    api.models.setActive.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.models.key() }),
      onError: toastError,
    }),
  )
  const active = set.isPending ? set.variables.active : model.active
  return (
    <Switch
      label={active ? t('active.on') : t('active.off')}
      aria-label={t('active.label', { id, version })}
      labelPosition="left"
      checked={active}
      disabled={model.fault !== null && !active}
      onChange={(event) => set.mutate({ id, version, active: event.currentTarget.checked })}
    />
  )
}
