import { Button, Checkbox, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { desktop } from '#renderer/app/desktop'
import { toastError } from '#renderer/app/toast'
import type { ExportPlan } from '#shared/contract/deidentify'
import type { DeidentifyOptions } from '#shared/domain/deidentification'
import classes from './export-dialog.module.css'

export interface Choices {
  folder: string
  deidentify: boolean
  options: DeidentifyOptions
  /** Path of the key table; empty where none is wanted. */
  keyTable: string
}

interface Props {
  choices: Choices
  plan: ExportPlan | undefined
  /** Files that are likely to carry writing in their pixels. */
  writtenOn: number
  onChange: (choices: Choices) => void
}

/** Where to write, and what of the person may stay. */
export function ExportChoices({ choices, plan, writtenOn, onChange }: Props) {
  const { t } = useTranslation(['deidentify', 'common'])
  const { options, deidentify } = choices
  const choose = () =>
    desktop?.chooseFolder().then((folder) => folder && onChange({ ...choices, folder }), toastError)
  const option = (name: 'retainDates' | 'retainDevice' | 'cleanDescriptors' | 'cleanPixels') => (
    <Checkbox
      label={t(`option.${name}`)}
      description={
        name === 'cleanPixels' ? t('option.cleanPixelsAbout', { count: writtenOn }) : t(`option.${name}About`)
      }
      checked={options[name]}
      onChange={(event) =>
        onChange({ ...choices, options: { ...options, [name]: event.currentTarget.checked } })
      }
    />
  )
  return (
    <>
      <div className={classes.folder}>
        <TextInput
          label={t('folder')}
          description={t('folderAbout')}
          value={choices.folder}
          data-autofocus
          onChange={(event) => onChange({ ...choices, folder: event.currentTarget.value })}
        />
        {desktop && (
          <Button variant="default" onClick={choose}>
            {t('chooseFolder')}
          </Button>
        )}
      </div>
      <Switch
        label={t('deidentify')}
        description={t('deidentifyAbout')}
        checked={deidentify}
        onChange={(event) => onChange({ ...choices, deidentify: event.currentTarget.checked })}
      />
      {deidentify ? (
        <fieldset className={classes.options} aria-label={t('options')}>
          {option('cleanPixels')}
          {option('cleanDescriptors')}
          {option('retainDates')}
          {option('retainDevice')}
          <TextInput
            label={t('keyTable')}
            description={t('keyTableAbout')}
            value={choices.keyTable}
            onChange={(event) => onChange({ ...choices, keyTable: event.currentTarget.value })}
          />
        </fieldset>
      ) : (
        <p className={classes.warning} role="alert">
          {t('asIs', { count: plan?.files ?? 0 })}
        </p>
      )}
    </>
  )
}
