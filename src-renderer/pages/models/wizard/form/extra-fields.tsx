import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GraphTensor } from '#shared/contract/model-wizard'
import { labelIds } from '../draft-labels'
import { withAgnostic, withMasks, withoutAgnostic } from '../draft-outputs'
import { valueAt, withValue } from '../json-path'
import { ChoiceField } from './choice-fields'
import { useDraft } from './draft-form'
import classes from './form.module.css'
import { NumberField } from './number-fields'

interface Props {
  /** Of the output in the manifest. */
  path: string
  decode: string
  tensors: readonly GraphTensor[]
}

/** What an output may bring besides: masks from prototypes, or a score that any label shares. */
export function ExtraFields({ path, decode, tensors }: Props) {
  if (decode === 'yolo') return <MaskFields path={path} tensors={tensors} />
  if (decode === 'boxes') return <AgnosticFields path={path} tensors={tensors} />
  return null
}

const namesOf = (tensors: readonly GraphTensor[]) => tensors.map(({ name }) => ({ value: name, label: name }))

function MaskFields({ path, tensors }: Omit<Props, 'decode'>) {
  const { t } = useTranslation('models')
  const { values, replace } = useDraft()
  const on = valueAt(values, `${path}.masks`) !== undefined
  return (
    <div className={classes.row}>
      <Switch
        className={classes.switch}
        label={t('wizard.field.masks')}
        checked={on}
        onChange={() =>
          replace(on ? withValue(values, `${path}.masks`, undefined) : withMasks(values, path, tensors))
        }
      />
      {on && (
        <>
          <ChoiceField
            path={`${path}.masks.name`}
            label={t('wizard.field.prototypes')}
            options={namesOf(tensors)}
          />
          <NumberField path={`${path}.masks.coefficients`} label={t('wizard.field.coefficients')} />
        </>
      )}
    </div>
  )
}

function AgnosticFields({ path, tensors }: Omit<Props, 'decode'>) {
  const { t } = useTranslation('models')
  const { values, replace } = useDraft()
  const on = valueAt(values, `${path}.agnostic`) !== undefined
  return (
    <div className={classes.row}>
      <Switch
        className={classes.switch}
        label={t('wizard.field.agnostic')}
        checked={on}
        onChange={() => replace(on ? withoutAgnostic(values, path) : withAgnostic(values, path, tensors))}
      />
      {on && (
        <>
          <ChoiceField
            path={`${path}.agnostic.name`}
            label={t('wizard.field.scores')}
            options={namesOf(tensors)}
          />
          <ChoiceField
            path={`${path}.agnostic.activation`}
            label={t('wizard.field.activation')}
            options={(['none', 'sigmoid'] as const).map((value) => ({
              value,
              label: t(`wizard.option.${value}`),
            }))}
          />
          <ChoiceField
            path={`${path}.agnostic.label`}
            label={t('wizard.field.agnosticLabel')}
            options={labelIds(values).map((id) => ({ value: id, label: id }))}
          />
        </>
      )}
    </div>
  )
}
