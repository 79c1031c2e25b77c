import { IconBox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { useDocumentTitle } from '#renderer/app/document-title'
import { faultFrom } from '#renderer/app/fault'
import { EmptyState } from '#renderer/ui/empty-state'
import { ErrorState } from '#renderer/ui/error-state'
import { PageFrame } from '#renderer/ui/page-frame'
import { FaultyPackages } from './faulty-packages'
import { ModelCard } from './model-card'
import classes from './models-page.module.css'

/** What can I trust for this picture? */
export default function ModelsPage() {
  const { t } = useTranslation('models')
  useDocumentTitle(t('title'))
  const models = useQuery(api.models.list.queryOptions({ staleTime: 0 }))
  return (
    <PageFrame title={t('title')} meta={models.data && t('count', { count: models.data.length })}>
      <div className={classes.main}>
        {models.isError && <ErrorState fault={faultFrom(models.error)} onRetry={() => models.refetch()} />}
        {models.data?.length === 0 && (
          <EmptyState icon={<IconBox />} title={t('empty.title')} text={t('empty.text')} />
        )}
        <ul className={classes.models}>
          {models.data?.map((model) => (
            <ModelCard key={`${model.manifest.id}@${model.manifest.version}`} model={model} />
          ))}
        </ul>
        <FaultyPackages />
      </div>
    </PageFrame>
  )
}
