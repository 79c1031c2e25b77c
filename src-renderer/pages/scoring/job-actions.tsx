import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '#renderer/app/api'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { toastError } from '#renderer/app/toast'
import { Keys } from '#renderer/ui/keys'
import type { Job } from '#shared/domain/job'

const going = (job: Job) => job.state === 'running' || job.state === 'waiting'
const standing = (job: Job) => ['paused', 'interrupted', 'cancelled', 'failed'].includes(job.state)

/** Pause, resume and cancel: those that make sense now, each with its key. */
export function JobActions({ job }: { job: Job }) {
  const { t } = useTranslation('scoring')
  const { id } = job
  const canPause = going(job)
  const canResume = standing(job)
  const canCancel = going(job) || job.state === 'paused' || job.state === 'interrupted'
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      {
        keys: ['p'],
        label: t('actions.pause'),
        disabled: !canPause,
        run: () => void client.jobs.pause({ jobId: id }).catch(toastError),
      },
      {
        keys: ['r'],
        label: t('actions.resume'),
        disabled: !canResume,
        run: () => void client.jobs.resume({ jobId: id }).catch(toastError),
      },
      {
        keys: ['x'],
        label: t('actions.cancel'),
        disabled: !canCancel,
        run: () => void client.jobs.cancel({ jobId: id }).catch(toastError),
      },
    ],
    [t, id, canPause, canResume, canCancel],
  )
  useShortcuts(t('job.title'), shortcuts)
  const icons = [IconPlayerPause, IconPlayerPlay, IconX]
  return shortcuts.map((shortcut, place) => {
    if (shortcut.disabled) return null
    const [key = ''] = shortcut.keys
    const Icon = icons[place] ?? IconX
    return (
      <Button
        key={key}
        variant="default"
        leftSection={<Icon size={16} aria-hidden />}
        rightSection={<Keys of={key} />}
        onClick={() => shortcut.run()}
      >
        {shortcut.label}
      </Button>
    )
  })
}
