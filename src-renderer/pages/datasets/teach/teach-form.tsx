import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useBilingual } from '#renderer/app/label-names'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { DataSet, DataSetVersion } from '#shared/contract/datasets'
import type { Fault } from '#shared/domain/fault'
import { LessonView } from './lesson-view'
import classes from './teach.module.css'

interface Props {
  set: DataSet
  version: number
  versions: readonly DataSetVersion[]
  onVersion: (version: number) => void
  /** The button that freezes what the set holds now. */
  freeze: ReactNode
  starting: boolean
  refused: Fault | null
  onStart: (draft: { name: string; baseModel?: string }) => void
  onClose: () => void
}

/** What a version has to teach with, and what the model is called. */
export function TeachForm({ set, version, versions, onVersion, freeze, ...props }: Props) {
  const { t } = useTranslation(['datasets', 'common'])
  const format = useFormat()
  const inLanguage = useBilingual()
  const [name, setName] = useState(set.name)
  const [base, setBase] = useState<string | null>(null)
  const plan = useQuery(
    api.teaching.plan.queryOptions({ input: { dataSetId: set.id, version }, staleTime: 0 }),
  )
  const bases = plan.data?.bases ?? []
  const unnamed = name.trim() === ''
  return (
    <form
      className={classes.parts}
      onSubmit={(event) => {
        event.preventDefault()
        props.onStart({ name: name.trim(), ...(base !== null && { baseModel: base }) })
      }}
    >
      <p className="quiet">{t('teach.about')}</p>
      <div className={classes.version}>
        <Select
          label={t('teach.version')}
          data={versions.map(({ number, frozenAt }) => ({
            value: String(number),
            label: `${t('card.version', { number })} · ${format.moment(frozenAt)}`,
          }))}
          value={String(version)}
          onChange={(value) => value !== null && onVersion(Number(value))}
          allowDeselect={false}
        />
        {freeze}
      </div>
      {plan.isError && <FaultNote fault={faultFrom(plan.error)} />}
      {plan.data && <LessonView plan={plan.data} />}
      <TextInput
        label={t('teach.name')}
        description={t('teach.nameHint')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={unnamed && t('teach.nameMissing')}
        maxLength={80}
        required
        data-autofocus
      />
      {bases.length > 1 && (
        <Select
          label={t('teach.base')}
          data={bases.map(({ model, name: shown }) => ({
            value: model,
            label: `${inLanguage(shown)} (${model})`,
          }))}
          value={base ?? bases[0]?.model ?? null}
          onChange={setBase}
          allowDeselect={false}
        />
      )}
      {props.refused && <FaultNote fault={props.refused} />}
      <DialogActions>
        <Button variant="default" onClick={props.onClose}>
          {t('common:cancel')}
        </Button>
        <Button
          type="submit"
          loading={props.starting}
          disabled={unnamed || !plan.data || plan.data.fault !== null}
        >
          {t('teach.start')}
        </Button>
      </DialogActions>
    </form>
  )
}
