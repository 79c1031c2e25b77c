import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelIds } from '../draft-labels'
import { listAt } from '../json-path'
import { useDraft } from './draft-form'

/** Which labels an output's columns stand for, where a network has several outputs: ids in their order. */
export function OutputLabels({ path }: { path: string }) {
  const { t } = useTranslation('models')
  const { values, set } = useDraft()
  const [typed, setTyped] = useState<string | null>(null)
  const kept = listAt(values, path).filter((id) => typeof id === 'string')
  const unknown = kept.find((id) => !labelIds(values).includes(id))
  return (
    <TextInput
      label={t('wizard.field.outputLabels')}
      description={t('wizard.field.outputLabelsHint')}
      value={typed ?? kept.join(', ')}
      error={unknown !== undefined && t('wizard.problem.label', { id: unknown })}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value)
        set(path, value.split(/[\s,，;]+/).filter(Boolean))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
