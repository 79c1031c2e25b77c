import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FieldsProps } from './fields'

/** The certificate of a hospital's own authority. */
export function CertificateField({ form, change, errorOf }: Omit<FieldsProps, 'secretKept'>) {
  const { t } = useTranslation('sources')
  return (
    <Textarea
      label={t('field.certificate')}
      description={t('field.certificateAbout')}
      placeholder="-----BEGIN CERTIFICATE-----"
      rows={3}
      spellCheck={false}
      value={form.certificate}
      onChange={(event) => change({ certificate: event.currentTarget.value })}
      error={errorOf('certificate')}
    />
  )
}
