import { Button, Modal } from '@mantine/core'
import { IconSnowflake } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { toast } from '#renderer/app/toast'
import { EmptyState } from '#renderer/ui/empty-state'
import { FaultNote } from '#renderer/ui/fault-note'
import type { DataSet } from '#shared/contract/datasets'
import { TeachForm } from './teach-form'
import { TeachProgress } from './teach-progress'

interface Props {
  set: DataSet
  onClose: () => void
}

/** A classifier from the pictures of a data set: what it would be made of, how it goes on, how good it is. */
export default function TeachDialog({ set, onClose }: Props) {
  const { t } = useTranslation(['datasets', 'common'])
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<number | null>(null)
  const versions = useQuery(
    api.datasets.versions.queryOptions({ input: { dataSetId: set.id }, staleTime: 0 }),
  )
  const start = useMutation(api.teaching.start.mutationOptions())
  const freeze = useMutation(
    api.datasets.freeze.mutationOptions({
      onSuccess: async ({ number }) => {
        const newest = versions.data?.[0]?.number ?? 0
        void toast(t(number > newest ? 'versions.frozen' : 'versions.same', { number }), 'good')
        await queries.invalidateQueries({ queryKey: api.datasets.key() })
        setChosen(number)
      },
    }),
  )
  const freezeNow = (
    <Button
      variant="default"
      leftSection={<IconSnowflake size={16} aria-hidden />}
      loading={freeze.isPending}
      onClick={() => freeze.mutate({ dataSetId: set.id })}
    >
      {t('teach.freeze')}
    </Button>
  )
  const version = chosen ?? versions.data?.[0]?.number
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('teach.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {versions.isError && <FaultNote fault={faultFrom(versions.error)} />}
      {freeze.isError && <FaultNote fault={faultFrom(freeze.error)} />}
      {start.data ? (
        <TeachProgress jobId={start.data.jobId} model={start.data.model} onClose={onClose} />
      ) : version === undefined ? (
        versions.data && (
          <EmptyState icon={<IconSnowflake />} title={t('versions.none')} text={t('teach.noVersion')}>
            {freezeNow}
          </EmptyState>
        )
      ) : (
        <TeachForm
          set={set}
          version={version}
          versions={versions.data ?? []}
          onVersion={setChosen}
          freeze={freezeNow}
          starting={start.isPending}
          refused={start.isError ? faultFrom(start.error) : null}
          onStart={(draft) => start.mutate({ dataSetId: set.id, version, ...draft })}
          onClose={onClose}
        />
      )}
    </Modal>
  )
}
