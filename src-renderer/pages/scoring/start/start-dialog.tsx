import { Button, Modal } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useSettings } from '#renderer/app/settings'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { ScoringRequest, ScoringTarget } from '#shared/contract/scoring'
import { PlanSummary } from './plan-summary'
import { type Choices, ScoringChoices } from './scoring-choices'
import classes from './start-dialog.module.css'

const usual: Choices = { model: null, provider: null, threshold: null, precision: null, flips: false }

interface Props {
  target: ScoringTarget
  onClose: () => void
}

/** Which model for what, where, at which threshold; then starts the job and leads to it. */
export default function StartDialog({ target, onClose }: Props) {
  const { t } = useTranslation(['scoring', 'common'])
  const navigate = useNavigate()
  const preferred = useSettings()?.provider ?? 'auto'
  const [choices, setChoices] = useState<Choices>(usual)
  const request: ScoringRequest = {
    target,
    provider: choices.provider ?? preferred,
    ...(choices.model ? { model: choices.model } : {}),
    ...(choices.threshold === null ? {} : { threshold: choices.threshold }),
    ...(choices.precision ? { precision: choices.precision } : {}),
    ...(choices.flips ? { flips: true } : {}),
  }
  const start = useMutation(
    api.scoring.start.mutationOptions({
      onSuccess: ({ jobId }) => {
        onClose()
        void navigate(`/scoring/${jobId}`)
      },
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('start.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={classes.parts}>
        <PlanSummary request={request} />
        <ScoringChoices choices={choices} preferred={preferred} onChange={setChoices} />
        {start.isError && <FaultNote fault={faultFrom(start.error)} />}
        <p className={classes.note}>{t('common:researchAidLong')}</p>
      </div>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button loading={start.isPending} onClick={() => start.mutate(request)} data-autofocus>
          {t('start.submit')}
        </Button>
      </DialogActions>
    </Modal>
  )
}
