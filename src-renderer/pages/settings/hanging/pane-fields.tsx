import { NativeSelect, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type HangingPane, presetName } from '#shared/domain/hanging-protocol'
import classes from './hanging.module.css'

interface Props {
  number: number
  pane: HangingPane
  onChange: (pane: HangingPane) => void
}

/** Which series a pane takes, and in which window. */
export function PaneFields({ number, pane, onChange }: Props) {
  const { t } = useTranslation(['settings', 'viewer'])
  return (
    <fieldset className={classes.group}>
      <legend>{t('hanging.pane', { number })}</legend>
      <div className={classes.fields}>
        <TextInput
          label={t('hanging.modality')}
          value={pane.modality}
          onChange={(event) => onChange({ ...pane, modality: event.currentTarget.value.toUpperCase() })}
        />
        <TextInput
          label={t('hanging.description')}
          value={pane.description}
          onChange={(event) => onChange({ ...pane, description: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('hanging.preset')}
          value={pane.preset ?? ''}
          onChange={(event) =>
            onChange({ ...pane, preset: presetName.safeParse(event.currentTarget.value).data ?? null })
          }
          data={[
            { value: '', label: t('hanging.any') },
            ...presetName.options.map((value) => ({ value, label: t(`viewer:presets.${value}`) })),
          ]}
        />
        <Switch
          label={t('hanging.prior')}
          checked={pane.prior}
          onChange={(event) => onChange({ ...pane, prior: event.currentTarget.checked })}
        />
      </div>
    </fieldset>
  )
}
