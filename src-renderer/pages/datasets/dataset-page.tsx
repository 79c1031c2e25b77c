import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconPencil, IconSchool, IconSnowflake, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { faultFrom } from '#renderer/app/fault'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { ErrorState } from '#renderer/ui/error-state'
import { Keys } from '#renderer/ui/keys'
import { Crumb, PageFrame } from '#renderer/ui/page-frame'
import { Tabs } from '#renderer/ui/tabs'
import type { DataSet } from '#shared/contract/datasets'
import classes from './dataset-page.module.css'
import { PicturesTab } from './pictures/pictures-tab'
import { tabs, useSetView } from './set-view'

const ChecksTab = lazy(() => import('./checks/checks-tab'))
const StatisticsTab = lazy(() => import('./statistics/statistics-tab'))
const VersionsTab = lazy(() => import('./versions/versions-tab'))
const NextTab = lazy(() => import('./next/next-tab'))
const AugmentTab = lazy(() => import('./augment/augment-tab'))
const QuestionDialog = lazy(() => import('./list/question-dialog'))
const RemoveDialog = lazy(() => import('./list/remove-dialog'))
const FreezeDialog = lazy(() => import('./versions/freeze-dialog'))
const TeachDialog = lazy(() => import('./teach/teach-dialog'))

/** What is in the set, is it sound, and what of it was handed out? */
export default function DataSetPage() {
  const { t } = useTranslation('datasets')
  const dataSetId = Number(useParams().dataSetId)
  const set = useQuery(api.datasets.get.queryOptions({ input: { dataSetId }, staleTime: 0 }))
  useDocumentTitle(set.data?.name ?? t('title'))
  if (set.isError) {
    return (
      <PageFrame title={t('title')} crumbs={<Back />}>
        <ErrorState fault={faultFrom(set.error)} onRetry={() => set.refetch()} />
      </PageFrame>
    )
  }
  return set.data ? <Workshop set={set.data} /> : null
}

function Back() {
  const { t } = useTranslation('datasets')
  return (
    <Crumb>
      <Link to="/datasets">{t('back')}</Link>
    </Crumb>
  )
}

function Workshop({ set }: { set: DataSet }) {
  const { t } = useTranslation('datasets')
  const { tab, show } = useSetView()
  const [dialog, setDialog] = useState<'edit' | 'remove' | 'freeze' | 'teach' | null>(null)
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: ['f'], label: t('versions.freeze'), run: () => setDialog('freeze') },
      { keys: ['e'], label: t('edit.change'), run: () => setDialog('edit') },
      ...tabs.map((value, i) => ({
        keys: [String(i + 1)],
        label: t(`tabs.${value}`),
        run: () => show(value),
      })),
    ],
    [t, show],
  )
  useShortcuts(set.name, shortcuts)
  const close = () => setDialog(null)
  return (
    <PageFrame
      title={set.name}
      crumbs={<Back />}
      meta={t('card.images', { count: set.images })}
      actions={
        <>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size="lg" aria-label={t('edit.change')}>
                <IconDots size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setDialog('edit')}>
                {t('edit.change')}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => setDialog('remove')}
              >
                {t('remove.button')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button
            variant="default"
            leftSection={<IconSchool size={16} aria-hidden />}
            onClick={() => setDialog('teach')}
          >
            {t('teach.button')}
          </Button>
          <Button
            leftSection={<IconSnowflake size={16} aria-hidden />}
            rightSection={<Keys of="f" />}
            onClick={() => setDialog('freeze')}
          >
            {t('versions.freeze')}
          </Button>
        </>
      }
    >
      <div className={classes.main}>
        <Tabs
          label={t('tabs.label')}
          value={tab}
          onChange={show}
          tabs={tabs.map((value) => ({ value, label: t(`tabs.${value}`) }))}
        >
          <Suspense>
            {tab === 'pictures' && <PicturesTab set={set} />}
            {tab === 'checks' && <ChecksTab set={set} />}
            {tab === 'statistics' && <StatisticsTab set={set} />}
            {tab === 'versions' && <VersionsTab set={set} />}
            {tab === 'next' && <NextTab set={set} />}
            {tab === 'augment' && <AugmentTab set={set} />}
          </Suspense>
        </Tabs>
      </div>
      <Suspense>
        {dialog === 'edit' && <QuestionDialog set={set} onClose={close} />}
        {dialog === 'remove' && <RemoveDialog set={set} onClose={close} />}
        {dialog === 'teach' && <TeachDialog set={set} onClose={close} />}
        {dialog === 'freeze' && <FreezeDialog set={set} onClose={close} onFrozen={() => show('versions')} />}
      </Suspense>
    </PageFrame>
  )
}
