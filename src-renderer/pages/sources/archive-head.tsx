import { Button } from '@mantine/core'
import { IconLockOpen, IconPencil, IconPlugConnected, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { toastError } from '#renderer/app/toast'
import { Chip } from '#renderer/ui/chip'
import { Panel } from '#renderer/ui/panel'
import type { Source } from '#shared/domain/source'
import { addressOf, travelsOpenly } from './address'
import classes from './archive-head.module.css'
import { VerdictNote } from './verdict-note'

const RemoveDialog = lazy(() => import('./remove-source-dialog'))

/** One archive: what it is, whether it answers, and what can be done with its settings. */
export function ArchiveHead({ source, onEdit }: { source: Source; onEdit: () => void }) {
  const { t } = useTranslation('sources')
  const [removing, setRemoving] = useState(false)
  const test = useMutation(api.sources.test.mutationOptions({ onError: toastError }))
  const { place } = source
  return (
    <Panel
      title={source.name}
      aside={
        <span className={classes.actions}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlugConnected size={16} aria-hidden />}
            loading={test.isPending}
            onClick={() => test.mutate({ sourceId: source.id })}
          >
            {t('test')}
          </Button>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={onEdit}
          >
            {t('edit')}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setRemoving(true)}
          >
            {t('remove.button')}
          </Button>
        </span>
      }
    >
      <p className={classes.facts}>
        <Chip>{place.kind === 'dicomweb' ? 'DICOMweb' : `DIMSE · C-${place.retrieve.toUpperCase()}`}</Chip>
        <span>{addressOf(place)}</span>
        {place.kind === 'dimse' && <span>{t('weAre', { ae: place.callingAe })}</span>}
        {travelsOpenly(place) && (
          <Chip tone="warn" icon={<IconLockOpen />}>
            {t('open')}
          </Chip>
        )}
      </p>
      {test.data && <VerdictNote verdict={test.data} />}
      <Suspense>{removing && <RemoveDialog source={source} onClose={() => setRemoving(false)} />}</Suspense>
    </Panel>
  )
}
