import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { faultFrom } from '#renderer/app/fault'
import { useBilingual } from '#renderer/app/label-names'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { ErrorState } from '#renderer/ui/error-state'
import { FaultNote } from '#renderer/ui/fault-note'
import { Keys } from '#renderer/ui/keys'
import { Crumb, PageFrame } from '#renderer/ui/page-frame'
import { Panel } from '#renderer/ui/panel'
import { ActiveSwitch } from './active-switch'
import { CardText } from './card-text'
import { HealthChip } from './health-chip'
import { ModelAbout } from './model-about'
import { ModelEvidence } from './model-evidence'
import classes from './model-page.module.css'
import { TrialList } from './trial-list'
import { useVerify } from './use-verify'

/** One model: how good it is, where that ends, where it runs, and who made it from what. */
export default function ModelPage() {
  const { t } = useTranslation('models')
  const { id = '', version = '' } = useParams()
  const inLanguage = useBilingual()
  const model = useQuery(api.models.get.queryOptions({ input: { id, version }, staleTime: 0 }))
  const name = model.data ? inLanguage(model.data.manifest.name) : ''
  useDocumentTitle(name || t('title'))

  const { verify, verifying } = useVerify(id, version)
  const shortcuts = useMemo<Shortcut[]>(
    () => [{ keys: ['v'], label: t('verify.button'), disabled: verifying, run: verify }],
    [t, verify, verifying],
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
          <>
            <ActiveSwitch model={model.data} />
            <Button
              leftSection={<IconShieldCheck size={16} aria-hidden />}
              rightSection={<Keys of="v" />}
              loading={verifying}
              onClick={verify}
            >
              {t('verify.button')}
            </Button>
          </>
        )
      }
    >
      {model.isError && <ErrorState fault={faultFrom(model.error)} onRetry={() => model.refetch()} />}
      {model.data && (
        <div className={classes.body}>
          <div className={classes.main}>
            <ModelEvidence manifest={model.data.manifest} />
            <Panel title={t('card')}>
              <CardText markdown={model.data.card} />
            </Panel>
          </div>
          <aside className={classes.aside} aria-label={t('about.title')}>
            <Panel title={t('health.title')} aside={<HealthChip model={model.data} />}>
              {model.data.fault && <FaultNote fault={model.data.fault} />}
              <TrialList model={model.data} />
            </Panel>
            <ModelAbout model={model.data} />
          </aside>
        </div>
      )}
    </PageFrame>
  )
}
