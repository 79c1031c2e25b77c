import { Button, Modal } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { ExportRequest, ExportTarget } from '#shared/contract/deidentify'
import type { PixelBox } from '#shared/domain/deidentification'
import { ChangePreview } from './change-preview'
import { type Choices, ExportChoices } from './export-choices'
import classes from './export-dialog.module.css'
import { ExportProgress } from './export-progress'
import { TextReview } from './text-review'

const usual: Choices = {
  folder: '',
  deidentify: true,
  options: {
    retainDates: false,
    retainDevice: false,
    cleanDescriptors: false,
    cleanPixels: true,
    keepPrivate: [],
  },
  keyTable: '',
}

interface Props {
  target: ExportTarget
  onClose: () => void
}

type Step = 'choose' | 'preview' | 'review'

/** Writes studies into a folder, without identities unless a person turns that off. */
export default function ExportDialog({ target, onClose }: Props) {
  const { t } = useTranslation(['deidentify', 'common'])
  const [choices, setChoices] = useState(usual)
  const [step, setStep] = useState<Step>('choose')
  const [reviewed, setReviewed] = useState<ReadonlyMap<number, PixelBox[]>>(new Map())
  const plan = useQuery(api.deidentify.plan.queryOptions({ input: { target } })).data
  const start = useMutation(api.deidentify.start.mutationOptions())
  const writtenOn = useQuery(api.deidentify.writtenOn.queryOptions({ input: { target, limit: 1 } }))
  const written = writtenOn.data
  const review = choices.deidentify && choices.options.cleanPixels && (written?.total ?? 0) > 0
  const request: ExportRequest = {
    target,
    folder: choices.folder.trim(),
    deidentify: choices.deidentify ? choices.options : null,
    reviewed: review ? [...reviewed].map(([instanceId, boxes]) => ({ instanceId, boxes })) : [],
    keyTable: choices.deidentify && choices.keyTable.trim() !== '' ? choices.keyTable.trim() : null,
  }
  const jobId = start.data?.jobId
  // until it is known whether there are pictures to look at, nothing is written
  const ready = request.folder !== '' && (request.deidentify === null || !writtenOn.isPending)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('title', { count: plan?.files ?? 0 })}
      size={step === 'choose' || jobId !== undefined ? 'lg' : '72rem'}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {jobId !== undefined ? (
        <ExportProgress jobId={jobId} onClose={onClose} />
      ) : (
        <>
          <div className={classes.parts}>
            {step === 'choose' && (
              <ExportChoices
                choices={choices}
                plan={plan}
                writtenOn={written?.total ?? 0}
                onChange={setChoices}
              />
            )}
            {step === 'preview' && plan?.exampleImageId != null && (
              <ChangePreview imageId={plan.exampleImageId} options={choices.options} />
            )}
            {step === 'review' && <TextReview target={target} boxes={reviewed} onChange={setReviewed} />}
            {start.isError && <FaultNote fault={faultFrom(start.error)} />}
          </div>
          <DialogActions>
            {step === 'choose' ? (
              <Button variant="default" onClick={onClose}>
                {t('common:cancel')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => setStep('choose')}>
                {t('back')}
              </Button>
            )}
            {step === 'choose' && choices.deidentify && plan?.exampleImageId != null && (
              <Button variant="default" onClick={() => setStep('preview')}>
                {t('preview.open')}
              </Button>
            )}
            {step !== 'review' && review ? (
              <Button disabled={!ready} onClick={() => setStep('review')}>
                {t('review.open')}
              </Button>
            ) : (
              <Button loading={start.isPending} disabled={!ready} onClick={() => start.mutate(request)}>
                {t(choices.deidentify ? 'start' : 'startAsIs')}
              </Button>
            )}
          </DialogActions>
        </>
      )}
    </Modal>
  )
}
