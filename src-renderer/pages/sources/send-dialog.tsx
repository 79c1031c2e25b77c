import { Button, Modal, NativeSelect } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { toast } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import { addressOf } from './address'

/** Sends the files of studies to an archive. */
export default function SendDialog({ studyIds, onClose }: { studyIds: number[]; onClose: () => void }) {
  const { t } = useTranslation(['sources', 'common'])
  const navigate = useNavigate()
  const sources = useQuery(api.sources.list.queryOptions())
  const [picked, setPicked] = useState<number | null>(null)
  const list = sources.data ?? []
  const chosen = list.find(({ id }) => id === picked) ?? list[0]
  const send = useMutation(
    api.sources.send.mutationOptions({
      onSuccess: () => {
        void toast(t('send.started'), 'good')
        onClose()
      },
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('send.title', { count: studyIds.length })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {sources.isSuccess && list.length === 0 && <p>{t('send.none')}</p>}
      {chosen && (
        <>
          <NativeSelect
            label={t('send.to')}
            value={String(chosen.id)}
            onChange={(event) => setPicked(Number(event.currentTarget.value))}
            data={list.map(({ id, name, place }) => ({
              value: String(id),
              label: `${name} · ${addressOf(place)}`,
            }))}
          />
          <p className="quiet">{t('send.about')}</p>
        </>
      )}
      {send.isError && <FaultNote fault={faultFrom(send.error)} />}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        {chosen ? (
          <Button loading={send.isPending} onClick={() => send.mutate({ sourceId: chosen.id, studyIds })}>
            {t('send.button')}
          </Button>
        ) : (
          <Button onClick={() => void navigate('/sources')}>{t('send.setUp')}</Button>
        )}
      </DialogActions>
    </Modal>
  )
}
