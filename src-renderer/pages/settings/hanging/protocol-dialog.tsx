import { Button, Modal, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogActions } from '#renderer/ui/dialog-actions'
import {
  type HangingPane,
  type HangingProtocol,
  hangingLayout,
  hangingPane,
  hangingProtocol,
} from '#shared/domain/hanging-protocol'
import classes from './hanging.module.css'
import { PaneFields } from './pane-fields'

interface Props {
  protocol: HangingProtocol
  onSave: (protocol: HangingProtocol) => void
  onRemove: () => void
  onClose: () => void
}

const panesOf = { '1x1': 1, '1x2': 2, '2x1': 2, '2x2': 4, planes: 1 } as const

/** A hanging protocol to be edited: where it applies, the layout, what each pane takes. */
export function ProtocolDialog({ protocol, onSave, onRemove, onClose }: Props) {
  const { t } = useTranslation(['settings', 'common'])
  const [edited, setEdited] = useState(protocol)
  const [modalities, setModalities] = useState(protocol.rule.modalities.join(', '))
  const { rule, layout } = edited
  const change = (part: Partial<HangingProtocol>) => setEdited({ ...edited, ...part })
  const changeRule = (part: Partial<HangingProtocol['rule']>) => change({ rule: { ...rule, ...part } })
  const panes = Array.from(
    { length: panesOf[layout] },
    (_, at): HangingPane => edited.panes[at] ?? hangingPane.parse({}),
  )
  const codes = modalities
    .split(/[\s,;+，、]+/)
    .filter(Boolean)
    .map((code) => code.toUpperCase())
  const complete = hangingProtocol.safeParse({ ...edited, panes, rule: { ...rule, modalities: codes } })
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t('hanging.dialog')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={classes.fields}>
        <TextInput
          label={t('hanging.name')}
          value={edited.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          data-autofocus
        />
        <NativeSelect
          label={t('hanging.layout')}
          value={layout}
          onChange={(event) => change({ layout: hangingLayout.parse(event.currentTarget.value) })}
          data={hangingLayout.options.map((value) => ({ value, label: t(`hanging.layouts.${value}`) }))}
        />
      </div>
      <fieldset className={classes.group}>
        <legend>{t('hanging.rule')}</legend>
        <div className={classes.fields}>
          <TextInput
            label={t('hanging.modalities')}
            placeholder={t('hanging.modalitiesHint')}
            value={modalities}
            onChange={(event) => setModalities(event.currentTarget.value)}
          />
          <NumberInput
            label={t('hanging.seriesAtLeast')}
            min={1}
            max={99}
            value={rule.seriesAtLeast}
            onChange={(value) => changeRule({ seriesAtLeast: Number(value) || 1 })}
          />
          <TextInput
            label={t('hanging.bodyPart')}
            value={rule.bodyPart}
            onChange={(event) => changeRule({ bodyPart: event.currentTarget.value })}
          />
          <TextInput
            label={t('hanging.description')}
            value={rule.description}
            onChange={(event) => changeRule({ description: event.currentTarget.value })}
          />
        </div>
      </fieldset>
      {panes.map((pane, at) => (
        <PaneFields
          // biome-ignore lint/suspicious/noArrayIndexKey: panes are places
          key={at}
          number={at + 1}
          pane={pane}
          onChange={(changed) => change({ panes: panes.with(at, changed) })}
        />
      ))}
      <DialogActions>
        <Button
          variant="subtle"
          color="red"
          onClick={() => {
            onRemove()
            onClose()
          }}
        >
          {t('hanging.remove')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          disabled={!complete.success}
          onClick={() => {
            if (complete.success) onSave(complete.data)
            onClose()
          }}
        >
          {t('hanging.save')}
        </Button>
      </DialogActions>
    </Modal>
  )
}
