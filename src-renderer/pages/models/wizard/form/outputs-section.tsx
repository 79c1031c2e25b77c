import { Button } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GraphTensor, Guess } from '#shared/contract/model-wizard'
import { outputChoices } from '../choices'
import { labelIds } from '../draft-labels'
import { addOutput, removeOutput } from '../draft-outputs'
import { asJson, listAt, textAt, valueAt } from '../json-path'
import { ChoiceField } from './choice-fields'
import { useDraft } from './draft-form'
import { ExtraFields } from './extra-fields'
import classes from './form.module.css'
import { OutputFields } from './output-fields'
import { OutputLabels } from './output-labels'
import { Section } from './section'

interface Props {
  tensors: readonly GraphTensor[]
  guesses: readonly Guess[]
}

/** How each output of the network becomes findings. */
export function OutputsSection({ tensors, guesses }: Props) {
  const { t } = useTranslation('models')
  const { values, set, replace } = useDraft()
  const outputs = listAt(values, 'outputs')
  return (
    <Section
      title={t('wizard.section.outputs')}
      guesses={guesses}
      guessed={['decoding', 'activation', 'box-format', 'background']}
    >
      {outputs.map((output, place) => {
        const path = `outputs.${place}`
        const decode = textAt(output, 'decode')
        const ids = valueAt(output, 'labels') === undefined ? labelIds(values) : null
        const labels = ids ?? listAt(output, 'labels').filter((id) => typeof id === 'string')
        const choices = Object.values(outputChoices(tensors, labels, output))
        return (
          <div key={path} className={classes.output}>
            <div className={classes.row}>
              <ChoiceField
                path={`${path}.decode`}
                label={t('wizard.field.decode')}
                options={choices.map((one) => ({
                  value: one.decode,
                  label: t(`wizard.decode.${one.decode}`),
                }))}
                onChoice={(value) => {
                  const next = choices.find((one) => one.decode === value)
                  if (next) set(path, asJson(next))
                }}
              />
              <OutputFields key={decode} path={path} decode={decode} tensors={tensors} />
            </div>
            <ExtraFields path={path} decode={decode} tensors={tensors} />
            {outputs.length > 1 && ids === null && <OutputLabels path={`${path}.labels`} />}
            {outputs.length > 1 && (
              <div className={classes.end}>
                <Button
                  size="xs"
                  variant="subtle"
                  leftSection={<IconTrash size={14} aria-hidden />}
                  onClick={() => replace(removeOutput(values, place))}
                >
                  {t('wizard.output.remove', { number: place + 1 })}
                </Button>
              </div>
            )}
          </div>
        )
      })}
      <div className={classes.end}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => replace(addOutput(values, tensors))}
        >
          {t('wizard.output.add')}
        </Button>
      </div>
      <p className="quiet">{t('wizard.output.rest')}</p>
    </Section>
  )
}
