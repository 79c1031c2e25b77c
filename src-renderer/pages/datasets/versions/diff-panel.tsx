import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { useLabelName } from '#renderer/app/label-names'
import { Chip } from '#renderer/ui/chip'
import { useFormat } from '#renderer/ui/format'
import type { DataSetVersion } from '#shared/contract/datasets'
import page from '../dataset-page.module.css'
import classes from './versions-tab.module.css'

interface Props {
  dataSetId: number
  version: DataSetVersion
  versions: readonly DataSetVersion[]
}

/** What became other between this version and another, or what the set holds now. */
export function DiffPanel({ dataSetId, version, versions }: Props) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const labelName = useLabelName()
  const others = versions.filter(({ id }) => id !== version.id)
  const [other, setOther] = useState(0)
  const [from, to] = other === 0 || other > version.number ? [version.number, other] : [other, version.number]
  const diff = useQuery(api.datasets.diff.queryOptions({ input: { dataSetId, from, to }, staleTime: 0 }))
  const same = diff.data && diff.data.added + diff.data.removed + diff.data.changed === 0
  const labels = diff.data?.labels.filter(({ before, after }) => before !== after) ?? []
  return (
    <div className={page.parts}>
      <div className={page.line}>
        <Select
          aria-label={t('versions.compare')}
          data={[
            { value: '0', label: t('versions.now') },
            ...others.map(({ number }) => ({
              value: String(number),
              label: t('versions.before', { number }),
            })),
          ]}
          value={String(other)}
          onChange={(value) => setOther(Number(value ?? 0))}
          allowDeselect={false}
        />
        {same && <span className="quiet">{t('versions.noChange')}</span>}
        {diff.data && !same && (
          <>
            <Chip tone="ok">{t('versions.added', { count: diff.data.added })}</Chip>
            <Chip tone="bad">{t('versions.removed', { count: diff.data.removed })}</Chip>
            <Chip tone="warn">{t('versions.changed', { count: diff.data.changed })}</Chip>
          </>
        )}
      </div>
      {labels.length > 0 && (
        <table className={classes.table}>
          <tbody>
            {labels.map(({ label, before, after }) => (
              <tr key={label}>
                <td>{labelName(label)}</td>
                <td data-number>{format.whole(before)}</td>
                <td data-number>{format.whole(after)}</td>
                <td data-number>{format.change(after - before)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {diff.data && diff.data.images.length > 0 && (
        <ul className={classes.names}>
          {diff.data.images.map(({ imageId, name, change }) => (
            <li key={`${imageId} ${change}`}>
              {change === 'added' ? '+' : change === 'removed' ? '−' : '±'} {name}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
