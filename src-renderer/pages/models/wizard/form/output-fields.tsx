import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GraphTensor } from '#shared/contract/model-wizard'
import { valueAt } from '../json-path'
import { ChoiceField, SwitchField } from './choice-fields'
import { decodingFields, type FieldKind } from './decoding-fields'
import { useDraft } from './draft-form'
import { NumberField } from './number-fields'

interface Props {
  /** Of the output in the manifest. */
  path: string
  decode: string
  tensors: readonly GraphTensor[]
}

/** The settings of one decoding. */
export function OutputFields({ path, decode, tensors }: Props) {
  const { t } = useTranslation('models')
  const fields = decodingFields(decode)
  const names = tensors.map(({ name }) => ({ value: name, label: name }))
  const field = ({ key, label, kind }: FieldKind) => {
    const at = `${path}.${key}`
    const said = t(`wizard.field.${label}`)
    if (kind === 'tensor') return <ChoiceField key={key} path={at} label={said} options={names} />
    if (kind === 'number') return <NumberField key={key} path={at} label={said} />
    if (kind === 'threshold') {
      const absent = t('wizard.field.asOperatingPoint')
      return <NumberField key={key} path={at} label={said} placeholder={absent} />
    }
    if (kind === 'switch') return <SwitchField key={key} path={at} label={said} />
    if (kind === 'background') return <BackgroundField key={key} path={at} label={said} />
    const options = kind.map((value) => ({ value, label: t(`wizard.option.${value}`) }))
    return <ChoiceField key={key} path={at} label={said} options={options} />
  }
  return <>{fields.map(field)}</>
}

/** Whether a column of the scores is the background, and which. */
function BackgroundField({ path, label }: { path: string; label: string }) {
  const { t } = useTranslation('models')
  const { values, set } = useDraft()
  const at = valueAt(values, path)
  const none = { value: 'none', label: t('wizard.background.none') }
  const first = { value: '0', label: t('wizard.background.first') }
  const other =
    typeof at === 'number' && at > 0
      ? [{ value: String(at), label: t('wizard.background.column', { column: at + 1 }) }]
      : []
  return (
    <NativeSelect
      label={label}
      value={typeof at === 'number' ? String(at) : 'none'}
      data={[none, first, ...other]}
      onChange={({ currentTarget: { value } }) => set(path, value === 'none' ? null : Number(value))}
    />
  )
}
