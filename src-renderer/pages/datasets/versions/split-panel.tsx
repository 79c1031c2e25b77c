import { Button } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { useLabelName } from '#renderer/app/label-names'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import type { DataSetVersion } from '#shared/contract/datasets'
import type { Split } from '#shared/domain/data-set/split'
import page from '../dataset-page.module.css'
import { LeakBanner } from './leak-banner'
import classes from './versions-tab.module.css'

const SplitDialog = lazy(() => import('./split-dialog'))

interface Props {
  dataSetId: number
  version: DataSetVersion
  actions: ReactNode
}

/** How a version is divided, and above all whether its parts leak into each other. */
export function SplitPanel({ dataSetId, version, actions }: Props) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const [dividing, setDividing] = useState(false)
  const input = { dataSetId, version: version.number }
  const splits = useQuery(api.datasets.splits.queryOptions({ input, staleTime: 0 }))
  const split = splits.data?.[0]
  return (
    <>
      {split && <LeakBanner split={split} />}
      <Panel
        title={t('split.title')}
        aside={
          <span className={page.line}>
            {split && (
              <span className="quiet">
                {t('split.made', { seed: split.recipe.seed, when: format.moment(split.createdAt) })}
              </span>
            )}
            <Button
              size="compact-md"
              variant="default"
              leftSection={<IconArrowsSplit2 size={16} aria-hidden />}
              onClick={() => setDividing(true)}
            >
              {t('split.new')}
            </Button>
            {actions}
          </span>
        }
      >
        {split ? <PartsTable split={split} /> : <p className="quiet">{t('split.none')}</p>}
      </Panel>
      <Suspense>
        {dividing && (
          <SplitDialog dataSetId={dataSetId} version={version} onClose={() => setDividing(false)} />
        )}
      </Suspense>
    </>
  )
}

function PartsTable({ split }: { split: Split }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const labelName = useLabelName()
  const all = split.parts.reduce((sum, { images }) => sum + images, 0)
  const lonely = split.parts.some(({ images }) => images === all)
  return (
    <>
      {lonely && <p className={classes.warn}>{t('split.onePart')}</p>}
      <table className={classes.table}>
        <thead>
          <tr>
            <th>{t('split.part')}</th>
            <th data-number>{t('split.images')}</th>
            <th data-number>{t('split.share')}</th>
            <th data-number>{t('split.subjects')}</th>
            <th>{t('statistics.labels')}</th>
          </tr>
        </thead>
        <tbody>
          {split.parts.map(({ name, images, groups, labels }) => (
            <tr key={name}>
              <td>{name}</td>
              <td data-number>{format.whole(images)}</td>
              <td data-number>{format.percent(all > 0 ? images / all : 0)}</td>
              <td data-number>{format.whole(groups)}</td>
              <td className={classes.labels}>
                {labels
                  .slice(0, 6)
                  .map(({ label, images: count }) => `${labelName(label)} ${format.whole(count)}`)
                  .join(' · ')}
                {labels.length > 6 && ' …'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
