import { Button } from '@mantine/core'
import { IconSnowflake, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { EmptyState } from '#renderer/ui/empty-state'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import type { DataSet } from '#shared/contract/datasets'
import page from '../dataset-page.module.css'
import { DiffPanel } from './diff-panel'
import { SplitPanel } from './split-panel'
import classes from './versions-tab.module.css'

const ExportDialog = lazy(() => import('./export-dialog'))

/** What was frozen, how it differs, and how it is divided. */
export default function VersionsTab({ set }: { set: DataSet }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const versions = useQuery(
    api.datasets.versions.queryOptions({ input: { dataSetId: set.id }, staleTime: 0 }),
  )
  const [chosen, setChosen] = useState<number | null>(null)
  const [exporting, setExporting] = useState(false)
  const version = versions.data?.find(({ number }) => number === chosen) ?? versions.data?.[0]
  if (!versions.data) return null
  if (!version) {
    return <EmptyState icon={<IconSnowflake />} title={t('versions.none')} text={t('versions.noneText')} />
  }
  return (
    <div className={classes.columns}>
      <ul className={classes.versions} aria-label={t('versions.list')}>
        {versions.data.map((one) => (
          <li key={one.id}>
            <button type="button" aria-pressed={one.id === version.id} onClick={() => setChosen(one.number)}>
              <b>{t('card.version', { number: one.number })}</b>
              <span>{format.moment(one.frozenAt)}</span>
              <span>
                {t('card.images', { count: one.images })} ·{' '}
                {t('versions.annotations', { count: one.annotations })}
              </span>
              {one.note && <span>{one.note}</span>}
              <code title={one.hash}>{one.hash.slice(0, 16)}</code>
            </button>
          </li>
        ))}
      </ul>
      <div className={page.parts}>
        <SplitPanel
          dataSetId={set.id}
          version={version}
          actions={
            <Button
              size="compact-md"
              leftSection={<IconUpload size={16} aria-hidden />}
              onClick={() => setExporting(true)}
            >
              {t('export.button')}
            </Button>
          }
        />
        <Panel title={t('versions.diff')}>
          <DiffPanel key={version.id} dataSetId={set.id} version={version} versions={versions.data} />
        </Panel>
      </div>
      <Suspense>
        {exporting && <ExportDialog set={set} version={version} onClose={() => setExporting(false)} />}
      </Suspense>
    </div>
  )
}
