import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { faultFrom } from '#renderer/app/fault'
import { useBilingual } from '#renderer/app/label-names'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { ErrorState } from '#renderer/ui/error-state'
import { FaultNote } from '#renderer/ui/fault-note'
import { Crumb, PageFrame } from '#renderer/ui/page-frame'
import { Panel } from '#renderer/ui/panel'
import { CardText } from './card-text'
import { FlipsPanel } from './evidence/flips-panel'
import { HealthChip } from './health-chip'
import { MachinePanel } from './machine/machine-panel'
import { ModelAbout } from './model-about'
import { ModelActions } from './model-actions'
import { ModelEvidence } from './model-evidence'
import classes from './model-page.module.css'
import { useBench, useVerify } from './use-run'
import { VersionsPanel } from './versions-panel'

const RemoveDialog = lazy(() => import('./remove-model-dialog'))

/** One model: how good it is, where that ends, where it runs, and who made it from what. */
export default function ModelPage() {
  const { id = '', version = '' } = useParams()
  return <Model key={`${id}@${version}`} id={id} version={version} />
}

function Model({ id, version }: { id: string; version: string }) {
  const { t } = useTranslation(['models', 'common'])
  const inLanguage = useBilingual()
  const model = useQuery(api.models.get.queryOptions({ input: { id, version }, staleTime: 0 }))
  const name = model.data ? inLanguage(model.data.manifest.name) : ''
  useDocumentTitle(name || t('title'))
  const [removing, setRemoving] = useState(false)
  const verify = useVerify(id, version)
  const bench = useBench(id, version)
  const busy = verify.running || bench.running

  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: ['v'], label: t('verify.button'), disabled: busy, run: verify.run },
      { keys: ['b'], label: t('bench.button'), disabled: busy, run: bench.run },
    ],
    [t, busy, verify.run, bench.run],
  )
  useShortcuts(t('title'), shortcuts)

  return (
    <PageFrame
      crumbs={
        <Crumb>
          <Link to="/models">{t('title')}</Link>
        </Crumb>
      }
      title={name}
      meta={`${id} ${version}`}
      actions={
        model.data && (
          <ModelActions model={model.data} verify={verify} busy={busy} onRemove={() => setRemoving(true)} />
        )
      }
    >
      {model.isPending && (
        <p role="status" className={classes.loading}>
          {t('common:loading')}
        </p>
      )}
      {model.isError && <ErrorState fault={faultFrom(model.error)} onRetry={() => model.refetch()} />}
      {model.data && (
        <div className={classes.body}>
          <div className={classes.main}>
            {model.data.fault && (
              <Panel>
                <FaultNote fault={model.data.fault} />
              </Panel>
            )}
            <ModelEvidence model={model.data} />
            <MachinePanel model={model.data} bench={bench} verify={verify} />
            {model.data.manifest.task !== 'promptable-segmentation' && <FlipsPanel model={model.data} />}
            {model.data.card && (
              <Panel title={t('card')}>
                <CardText markdown={model.data.card} />
              </Panel>
            )}
          </div>
          <aside className={classes.aside} aria-label={t('about.title')}>
            <Panel title={t('health.title')} aside={<HealthChip model={model.data} running={busy} />}>
              <p className="quiet">{t('health.text')}</p>
            </Panel>
            <VersionsPanel model={model.data} />
            <ModelAbout model={model.data} />
          </aside>
        </div>
      )}
      <Suspense>
        {removing && model.data && <RemoveDialog model={model.data} onClose={() => setRemoving(false)} />}
      </Suspense>
    </PageFrame>
  )
}
