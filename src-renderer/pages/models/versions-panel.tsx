import { Button } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { toast, toastError } from '#renderer/app/toast'
import { Chip } from '#renderer/ui/chip'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import type { InstalledModel } from '#shared/contract/models'
import { newestFirst } from './catalogue/families'
import classes from './versions-panel.module.css'

/** Every installed version of a model, the one in use marked, and the way back to the one before. */
export function VersionsPanel({ model }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const { id, version } = model.manifest
  const models = useQuery(api.models.list.queryOptions())
  const versions = (models.data ?? [model]).filter((one) => one.manifest.id === id).toSorted(newestFirst)
  return (
    <Panel title={t('versions.title')}>
      <ul className={classes.versions}>
        {versions.map((one) => (
          <li key={one.manifest.version}>
            {one.manifest.version === version ? (
              <b aria-current="page">{version}</b>
            ) : (
              <Link to={`/models/${id}/${one.manifest.version}`}>{one.manifest.version}</Link>
            )}
            <span className="quiet">
              {one.bundled
                ? t('about.bundled')
                : t('versions.installed', { when: format.day(one.installedAt) })}
            </span>
            {one.active && <Chip tone="accent">{t('active.on')}</Chip>}
          </li>
        ))}
      </ul>
      <RollBack model={model} />
    </Panel>
  )
}

function RollBack({ model: { manifest, rollback } }: { model: InstalledModel }) {
  const { t } = useTranslation('models')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { id } = manifest
  const back = useMutation(
    api.models.rollback.mutationOptions({
      onSuccess: ({ active }) => {
        const version = active?.manifest.version
        void toast(version ? t('rollback.done', { id, version }) : t('rollback.none', { id }), 'good')
        if (version) void navigate(`/models/${id}/${version}`)
      },
      onError: toastError,
      onSettled: () => queries.invalidateQueries({ queryKey: api.models.key() }),
    }),
  )
  if (!rollback) return null
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconArrowBackUp size={16} aria-hidden />}
      loading={back.isPending}
      onClick={() => back.mutate({ id })}
    >
      {rollback.version ? t('rollback.to', { version: rollback.version }) : t('rollback.off')}
    </Button>
  )
}
