import { NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CertificateField } from './certificate-field'
import type { FieldsProps } from './fields'
import classes from './source-dialog.module.css'

const ways = ['none', 'basic', 'bearer', 'header'] as const

/** Address of a DICOMweb service, and how to sign in. */
export function WebFields({ form, change, errorOf, secretKept }: FieldsProps) {
  const { t } = useTranslation('sources')
  return (
    <>
      <TextInput
        label={t('field.url')}
        description={t('field.urlAbout')}
        placeholder="https://pacs.example/dicom-web"
        type="url"
        value={form.url}
        onChange={(event) => change({ url: event.currentTarget.value })}
        error={errorOf('url')}
      />
      <div className={classes.halves}>
        <NativeSelect
          label={t('field.auth')}
          value={form.auth}
          onChange={(event) => {
            const auth = ways.find((way) => way === event.currentTarget.value)
            if (auth) change({ auth })
          }}
          data={ways.map((value) => ({ value, label: t(`auth.${value}`) }))}
        />
        {form.auth === 'basic' && (
          <TextInput
            label={t('field.user')}
            value={form.user}
            autoComplete="off"
            onChange={(event) => change({ user: event.currentTarget.value })}
            error={errorOf('user')}
          />
        )}
        {form.auth === 'header' && (
          <TextInput
            label={t('field.header')}
            placeholder="X-API-Key"
            value={form.header}
            autoComplete="off"
            onChange={(event) => change({ header: event.currentTarget.value })}
            error={errorOf('header')}
          />
        )}
      </div>
      {form.auth !== 'none' && (
        <PasswordInput
          label={t(`secret.${form.auth}`)}
          description={t('field.secretAbout')}
          placeholder={secretKept ? t('field.secretKept') : ''}
          value={form.secret}
          autoComplete="new-password"
          onChange={(event) => change({ secret: event.currentTarget.value })}
          error={errorOf('secret')}
          visibilityToggleButtonProps={{ 'aria-label': t('field.show') }}
        />
      )}
      {form.url.trim().startsWith('https:') && (
        <CertificateField form={form} change={change} errorOf={errorOf} />
      )}
    </>
  )
}
