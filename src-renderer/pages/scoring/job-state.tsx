import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconClock,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugConnectedX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip, type Tone } from '#renderer/ui/chip'
import type { Job, JobState } from '#shared/domain/job'

const looks: Record<JobState, { tone: Tone; icon: ReactNode }> = {
  waiting: { tone: 'plain', icon: <IconClock /> },
  running: { tone: 'accent', icon: <IconPlayerPlay /> },
  paused: { tone: 'warn', icon: <IconPlayerPause /> },
  done: { tone: 'ok', icon: <IconCheck /> },
  cancelled: { tone: 'plain', icon: <IconBan /> },
  failed: { tone: 'bad', icon: <IconAlertTriangle /> },
  interrupted: { tone: 'warn', icon: <IconPlugConnectedX /> },
}

/** How a job stands, in a word. */
export function JobStateChip({ job }: { job: Job }) {
  const { t } = useTranslation('scoring')
  const { tone, icon } = looks[job.state]
  return (
    <Chip tone={tone} icon={icon}>
      {t(`state.${job.state}`)}
    </Chip>
  )
}
