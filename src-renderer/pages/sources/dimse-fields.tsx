import { SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CertificateField } from './certificate-field'
import type { FieldsProps } from './fields'
import classes from './source-dialog.module.css'

/** Address and AE titles of a DIMSE peer, and how its objects come. */
export function DimseFields({ form, change, errorOf }: FieldsProps) {
  const { t } = useTranslation('sources')
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label={t('field.host')}
          placeholder="10.0.0.7"
          value={form.host}
          onChange={(event) => change({ host: event.currentTarget.value })}
          error={errorOf('host')}
        />
        <TextInput
          label={t('field.port')}
          inputMode="numeric"
          value={form.port}
          onChange={(event) => change({ port: event.currentTarget.value })}
          error={errorOf('port')}
        />
      </div>
      <div className={classes.halves}>
        <TextInput
          label={t('field.calledAe')}
          value={form.calledAe}
          maxLength={16}
          onChange={(event) => change({ calledAe: event.currentTarget.value })}
          error={errorOf('calledAe')}
        />
        <TextInput
          label={t('field.callingAe')}
          value={form.callingAe}
          maxLength={16}
          onChange={(event) => change({ callingAe: event.currentTarget.value })}
          error={errorOf('callingAe')}
        />
      </div>
      <SegmentedControl
        aria-label={t('field.retrieve')}
        value={form.retrieve}
        onChange={(retrieve) => change({ retrieve })}
        data={[
          { value: 'get', label: t('retrieve.get') },
          { value: 'move', label: t('retrieve.move') },
        ]}
      />
      {form.retrieve === 'move' && <p className="quiet">{t('retrieve.moveAbout')}</p>}
      <Switch
        label={t('field.secure')}
        checked={form.secure}
        onChange={(event) => change({ secure: event.currentTarget.checked })}
      />
      {form.secure && <CertificateField form={form} change={change} errorOf={errorOf} />}
    </>
  )
}
