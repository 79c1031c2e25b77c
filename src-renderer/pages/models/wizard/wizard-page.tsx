import { Button, Switch } from '@mantine/core'
import { IconPackage } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { useDropTarget } from '#renderer/app/drop-target'
import { faultFrom } from '#renderer/app/fault'
import { dropped, takeIn } from '#renderer/app/intake/intake'
import { toast, toastError } from '#renderer/app/toast'
import { Crumb, PageFrame } from '#renderer/ui/page-frame'
import { DraftStep } from './draft-step'
import { FileStep } from './file-step'
import { readDraft } from './problems'
import { useDraftSession } from './use-draft-session'

/** From an ONNX file to a package of one's own, without code. */
export default function WizardPage() {
  const { t } = useTranslation(['models', 'common'])
  useDocumentTitle(t('wizard.title'))
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [activate, setActivate] = useState(true)
  const way = useDraftSession()
  const { session } = way
  const { manifest, problems } = useMemo(
    () => (session ? readDraft(session.values) : { manifest: null, problems: new Map() }),
    [session],
  )
  const write = useMutation(
    api.models.wizard.write.mutationOptions({
      onSuccess: ({ id, version }) => {
        void toast(t('import.done', { id, version }), 'good')
        void queries.invalidateQueries({ queryKey: api.models.key() })
        void navigate(`/models/${id}/${version}`)
      },
    }),
  )

  const { mutate: open } = way.open
  const started = session !== null
  const target = useMemo(
    () => ({
      label: t(started ? 'wizard.dropPictures' : 'wizard.dropFile'),
      drop: (items: DataTransfer) => {
        void dropped(items).then(started ? takeIn : open, toastError)
      },
    }),
    [t, started, open],
  )
  useDropTarget(target)

  const ready = manifest !== null && problems.size === 0
  return (
    <PageFrame
      crumbs={
        <Crumb>
          <Link to="/models">{t('title')}</Link>
        </Crumb>
      }
      title={t('wizard.title')}
      meta={session?.name}
      actions={
        session && (
          <>
            <Switch
              label={t('wizard.activate')}
              checked={activate}
              onChange={(event) => setActivate(event.currentTarget.checked)}
            />
            <Button variant="default" disabled={write.isPending} onClick={way.startAgain}>
              {t('wizard.startAgain')}
            </Button>
            <Button
              leftSection={<IconPackage size={16} aria-hidden />}
              loading={write.isPending}
              disabled={!ready}
              onClick={() => manifest && write.mutate({ draft: session.draft, manifest, activate })}
            >
              {t('wizard.install')}
            </Button>
          </>
        )
      }
    >
      {session ? (
        <DraftStep
          key={session.draft}
          session={session}
          way={way}
          problems={problems}
          writing={write.isPending}
          fault={
            write.isError ? faultFrom(write.error) : way.propose.isError ? faultFrom(way.propose.error) : null
          }
        />
      ) : (
        <FileStep
          reading={way.open.isPending}
          fault={way.open.isError ? faultFrom(way.open.error) : null}
          onIntake={open}
        />
      )}
    </PageFrame>
  )
}
