import { Button, Checkbox, Modal, NumberInput, SegmentedControl, Select } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { DialogActions } from '#renderer/ui/dialog-actions'
import { FaultNote } from '#renderer/ui/fault-note'
import type { DataSetVersion } from '#shared/contract/datasets'
import { splitRecipe } from '#shared/domain/data-set/split'
import classes from './versions-tab.module.css'

interface Props {
  dataSetId: number
  version: DataSetVersion
  onClose: () => void
}

const names = ['train', 'val', 'test'] as const
const groups = ['subject', 'study', 'none'] as const

/** Asks how a version is to be divided. */
export default function SplitDialog({ dataSetId, version, onClose }: Props) {
  const { t } = useTranslation(['datasets', 'common'])
  const queries = useQueryClient()
  const [mode, setMode] = useState<'parts' | 'folds'>('parts')
  const [shares, setShares] = useState({ train: 70, val: 15, test: 15 })
  const [folds, setFolds] = useState(5)
  const [group, setGroup] = useState<(typeof groups)[number]>('subject')
  const [keepDuplicates, setKeep] = useState(true)
  const [stratify, setStratify] = useState(true)
  const [seed, setSeed] = useState(1)
  const split = useMutation(
    api.datasets.split.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.datasets.splits.key() })
        onClose()
      },
    }),
  )
  const parts =
    mode === 'folds'
      ? { folds }
      : names.flatMap((name) => (shares[name] > 0 ? [{ name, share: shares[name] }] : []))
  const recipe = splitRecipe.safeParse({ parts, group, keepDuplicates, stratify, seed })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (recipe.success) split.mutate({ dataSetId, version: version.number, recipe: recipe.data })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('split.new')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} className={classes.form}>
        <SegmentedControl
          className={classes.wide ?? ''}
          value={mode}
          onChange={(value) => setMode(value === 'folds' ? 'folds' : 'parts')}
          data={(['parts', 'folds'] as const).map((value) => ({ value, label: t(`split.mode.${value}`) }))}
        />
        {mode === 'parts' ? (
          names.map((name) => (
            <NumberInput
              key={name}
              label={t(`split.${name}`)}
              value={shares[name]}
              onChange={(value) => setShares({ ...shares, [name]: Number(value) })}
              min={0}
              max={100}
            />
          ))
        ) : (
          <NumberInput
            label={t('split.folds')}
            value={folds}
            onChange={(value) => setFolds(Number(value))}
            min={2}
            max={20}
          />
        )}
        <Select
          label={t('split.group')}
          data={groups.map((value) => ({ value, label: t(`split.groups.${value}`) }))}
          value={group}
          onChange={(value) => setGroup(groups.find((one) => one === value) ?? 'subject')}
          allowDeselect={false}
        />
        <NumberInput
          label={t('split.seed')}
          value={seed}
          onChange={(value) => setSeed(Number(value))}
          min={0}
        />
        <Checkbox
          className={classes.wide ?? ''}
          label={t('split.keep')}
          checked={keepDuplicates}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
        <Checkbox
          className={classes.wide ?? ''}
          label={t('split.stratify')}
          checked={stratify}
          onChange={(event) => setStratify(event.currentTarget.checked)}
        />
        {split.isError && <FaultNote fault={faultFrom(split.error)} />}
        <div className={classes.wide}>
          <DialogActions>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={split.isPending} disabled={!recipe.success}>
              {t('split.make')}
            </Button>
          </DialogActions>
        </div>
      </form>
    </Modal>
  )
}
