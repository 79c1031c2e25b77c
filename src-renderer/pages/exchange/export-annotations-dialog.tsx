import { Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { desktop } from '#renderer/app/desktop'
import { faultFrom } from '#renderer/app/fault'
import { toastError } from '#renderer/app/toast'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import classes from './exchange-dialog.module.css'
import { ExchangeProgress } from './exchange-progress'
import { formatGroups } from './format-groups'

interface Props {
  studyIds: readonly number[]
  onClose: () => void
}

/** Writes the annotations of studies in the formats of other programs. */
export default function ExportAnnotationsDialog({ studyIds, onClose }: Props) {
  const { t, i18n } = useTranslation(['exchange', 'common'])
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [folder, setFolder] = useState('')
  const start = useMutation(api.exchange.export.mutationOptions())
  const known = useQuery(api.exchange.formats.queryOptions()).data?.map(({ id }) => id)
  const choose = () => desktop?.chooseFolder().then((one) => one && setFolder(one), toastError)
  const jobId = start.data?.jobId
  const summary = (count: number) => (count === 0 ? t('export.nothing') : t('export.written', { count }))
  const language = i18n.language.startsWith('zh') ? 'zh' : 'en'
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('export.title', { count: studyIds.length })}
      size={jobId === undefined ? '60rem' : 'lg'}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {jobId !== undefined ? (
        <ExchangeProgress jobId={jobId} summary={summary} folder={folder.trim()} onClose={onClose} />
      ) : (
        <form
          className={classes.parts}
          onSubmit={(event) => {
            event.preventDefault()
            const target = { kind: 'studies' as const, studyIds: [...studyIds] }
            start.mutate({ target, formats: [...chosen], folder: folder.trim(), language })
          }}
        >
          <Checkbox.Group value={[...chosen]} onChange={setChosen}>
            <div className={classes.groups}>
              {formatGroups.map(({ group, ids }) => (
                <fieldset key={group} className={classes.group}>
                  <legend>{t(`export.group.${group}`)}</legend>
                  {ids
                    .filter((id) => known?.includes(id))
                    .map((id) => (
                      <Checkbox
                        key={id}
                        value={id}
                        label={t(`format.${id}.name`)}
                        description={t(`format.${id}.about`)}
                      />
                    ))}
                </fieldset>
              ))}
            </div>
          </Checkbox.Group>
          <div className={classes.folder}>
            <TextInput
              label={t('export.folder')}
              description={t('export.folderAbout')}
              value={folder}
              spellCheck={false}
              onChange={(event) => setFolder(event.currentTarget.value)}
            />
            {desktop && (
              <Button variant="default" onClick={choose}>
                {t('export.choose')}
              </Button>
            )}
          </div>
          {start.isError && <FaultNote fault={faultFrom(start.error)} />}
          <DialogActions>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button
              type="submit"
              loading={start.isPending}
              disabled={folder.trim() === '' || chosen.length === 0}
            >
              {t('export.start')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Modal>
  )
}
