import { Button } from '@mantine/core'
import { IconShieldCheck, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Keys } from '#renderer/ui/keys'
import type { InstalledModel } from '#shared/contract/models'
import { ActiveSwitch } from './active-switch'
import type { Run } from './use-run'

interface Props {
  model: InstalledModel
  verify: Run
  /** A run over the providers is under way. */
  busy: boolean
  onRemove: () => void
}

/** What can be done with a model: use it, check it, and take it away unless it came with the app. */
export function ModelActions({ model, verify, busy, onRemove }: Props) {
  const { t } = useTranslation('models')
  return (
    <>
      <ActiveSwitch model={model} />
      {!model.bundled && (
        <Button
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
          disabled={busy}
          onClick={onRemove}
        >
          {t('remove.button')}
        </Button>
      )}
      <Button
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        rightSection={<Keys of="v" />}
        loading={verify.running}
        disabled={busy}
        onClick={verify.run}
      >
        {t('verify.button')}
      </Button>
    </>
  )
}
