import { Button, Modal, Switch } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api, client } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import type { Intake } from '#renderer/app/intake/intake'
import { IntakePicker } from '#renderer/app/intake/intake-picker'
import { useUpload } from '#renderer/app/intake/upload-state'
import { toast } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import { ProgressBar } from '#renderer/ui/progress-bar'
import { packageSource } from '../package-source'
import classes from './import-dialog.module.css'

interface Props {
  /** What was dropped already; null to ask for it. */
  intake: Promise<Intake> | null
  onClose: () => void
}

/** Installs a package from a folder or a ZIP: sends it, has it checked and tried, says what is wrong with it. */
export default function ImportDialog({ intake, onClose }: Props) {
  const { t } = useTranslation(['models', 'common'])
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [activate, setActivate] = useState(true)
  const { total, sent } = useUpload()
  const add = useMutation({
    mutationFn: async (what: Intake) => {
      const source = await packageSource(what)
      return source && client.models.add({ source, activate })
    },
    onSuccess: (added) => {
      if (!added) return
      const { id, version } = added.model.manifest
      void toast(t(added.already ? 'import.already' : 'import.done', { id, version }), 'good')
      onClose()
      void navigate(`/models/${id}/${version}`)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: api.models.key() }),
  })
  const { mutate } = add
  const begun = useRef(false)
  useEffect(() => {
    if (!intake || begun.current) return
    begun.current = true
    void intake.then(mutate)
  }, [intake, mutate])

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('import.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={classes.parts}>
        {add.isPending && (
          <div className={classes.progress} aria-live="polite">
            <p>{total === null ? t('import.checking') : t('import.sending', { count: total })}</p>
            <ProgressBar value={total === null ? null : sent / total} label={t('import.title')} />
          </div>
        )}
        {/* hidden, not gone: what was typed is still there when a package is refused */}
        <div className={classes.parts} hidden={add.isPending}>
          <p className="quiet">{t('import.text')}</p>
          {add.isError && (
            <div role="alert">
              <FaultNote fault={faultFrom(add.error)} />
            </div>
          )}
          <IntakePicker submit={t('import.submit')} onIntake={mutate} />
          <Switch
            label={t('import.activate')}
            checked={activate}
            onChange={(event) => setActivate(event.currentTarget.checked)}
          />
        </div>
      </div>
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
      </DialogActions>
    </Modal>
  )
}
