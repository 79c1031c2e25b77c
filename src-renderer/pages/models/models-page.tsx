import { Button } from '@mantine/core'
import { IconBox, IconPackageImport, IconSearchOff, IconWand } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { useDropTarget } from '#renderer/app/drop-target'
import { faultFrom } from '#renderer/app/fault'
import { dropped, type Intake } from '#renderer/app/intake/intake'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { EmptyState } from '#renderer/ui/empty-state'
import { ErrorState } from '#renderer/ui/error-state'
import { Keys } from '#renderer/ui/keys'
import { PageFrame } from '#renderer/ui/page-frame'
import { CatalogueFacets } from './catalogue/catalogue-facets'
import { useCatalogueView } from './catalogue/catalogue-view'
import { ChoicesTable } from './catalogue/choices-table'
import { byTask, families, passes } from './catalogue/families'
import { FaultyPackages } from './catalogue/faulty-packages'
import { ModelCard } from './catalogue/model-card'
import classes from './models-page.module.css'

const ImportDialog = lazy(() => import('./catalogue/import-dialog'))

/** What can I trust for this picture? */
export default function ModelsPage() {
  const { t } = useTranslation(['models', 'common'])
  useDocumentTitle(t('title'))
  const navigate = useNavigate()
  const view = useCatalogueView()
  const models = useQuery(api.models.list.queryOptions({ staleTime: 0 }))
  const all = useMemo(() => families(models.data ?? []), [models.data])
  const shown = useMemo(() => all.filter((family) => passes(family, view.filter)), [all, view.filter])
  const [importing, setImporting] = useState<{ intake: Promise<Intake> | null } | null>(null)

  const target = useMemo(
    () => ({
      label: t('import.drop'),
      drop: (items: DataTransfer) => setImporting({ intake: dropped(items) }),
    }),
    [t],
  )
  useDropTarget(target)
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: ['i'], label: t('import.title'), run: () => setImporting({ intake: null }) },
      { keys: ['n'], label: t('wizard.title'), run: () => navigate('/models/new') },
    ],
    [t, navigate],
  )
  useShortcuts(t('title'), shortcuts)

  const empty = models.isSuccess && all.length === 0
  return (
    <PageFrame
      title={t('title')}
      meta={models.data && t('count', { count: all.length })}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconPackageImport size={16} aria-hidden />}
            rightSection={<Keys of="i" />}
            onClick={() => setImporting({ intake: null })}
          >
            {t('import.button')}
          </Button>
          <Button
            component={Link}
            to="/models/new"
            leftSection={<IconWand size={16} aria-hidden />}
            rightSection={<Keys of="n" />}
          >
            {t('wizard.button')}
          </Button>
        </>
      }
    >
      {all.length > 0 && <CatalogueFacets families={all} {...view} />}
      <div className={classes.main}>
        {models.isPending && (
          <p role="status" className="quiet">
            {t('common:loading')}
          </p>
        )}
        {models.isError && <ErrorState fault={faultFrom(models.error)} onRetry={() => models.refetch()} />}
        {empty && <EmptyState icon={<IconBox />} title={t('empty.title')} text={t('empty.text')} />}
        {!empty && models.isSuccess && shown.length === 0 && (
          <EmptyState icon={<IconSearchOff />} title={t('noMatch.title')} text={t('noMatch.text')}>
            <Button variant="default" onClick={() => view.change({ task: null, domain: null, state: null })}>
              {t('noMatch.clear')}
            </Button>
          </EmptyState>
        )}
        {byTask(shown).map((group) => (
          <section key={group.task} className={classes.group} aria-labelledby={`task-${group.task}`}>
            <h2 id={`task-${group.task}`}>{t(`task.${group.task}`)}</h2>
            <ul className={classes.models}>
              {group.families.map((family) => (
                <ModelCard key={family.id} family={family} />
              ))}
            </ul>
          </section>
        ))}
        {all.length > 0 && Object.keys(view.filter).length === 0 && (
          <ChoicesTable models={models.data ?? []} />
        )}
        <FaultyPackages />
      </div>
      <Suspense>
        {importing && <ImportDialog intake={importing.intake} onClose={() => setImporting(null)} />}
      </Suspense>
    </PageFrame>
  )
}
