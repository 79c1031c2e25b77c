import { IconPhotoOff } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDocumentTitle } from '#renderer/app/document-title'
import { faultFrom } from '#renderer/app/fault'
import { useModalityName } from '#renderer/app/modality-names'
import { useSettings } from '#renderer/app/settings'
import { Chip } from '#renderer/ui/chip'
import { EmptyState } from '#renderer/ui/empty-state'
import { ErrorState } from '#renderer/ui/error-state'
import { Crumb, PageFrame } from '#renderer/ui/page-frame'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesCard, StudyCard } from '#shared/contract/library'
import { isPhotographs, useStudy } from './use-study'
import { Workplace } from './workplace'

/** The viewer: what did the model find, and is it right? */
export default function ViewerPage() {
  const { t } = useTranslation(['viewer', 'common'])
  const open = useStudy()
  const { study, series, images } = open
  useDocumentTitle(study.data?.study.subject ?? '')
  useOverlayDefaults()

  const body = () => {
    if (open.studyId === null) return <NoPictures />
    if (study.error) return <ErrorState fault={faultFrom(study.error)} onRetry={() => void study.refetch()} />
    if (images.error)
      return <ErrorState fault={faultFrom(images.error)} onRetry={() => void images.refetch()} />
    if (study.data && !series) return <NoPictures />
    return <Workplace open={open} />
  }

  return (
    <PageFrame
      crumbs={
        <Crumb>
          <Link to="/">{t('common:places.library')}</Link>
        </Crumb>
      }
      title={study.data?.study.subject ?? '\u00a0'}
      meta={study.data && <Meta detail={study.data} seriesId={series?.id} />}
      actions={<Chip>{t('common:researchAid')}</Chip>}
    >
      {body()}
    </PageFrame>
  )
}

function Meta({
  detail,
  seriesId,
}: {
  detail: { study: StudyCard; series: SeriesCard[] }
  seriesId: number | undefined
}) {
  const { t } = useTranslation(['viewer', 'common'])
  const modalityName = useModalityName()
  const series = detail.series.find(({ id }) => id === seriesId)
  if (!series) return null
  const count = series.imageCount
  const facts = [
    isPhotographs(series) ? modalityName('PHOTO') : series.modality && modalityName(series.modality),
    series.description || detail.study.description,
    isPhotographs(series) ? t('stack.pictures', { count }) : t('stack.slices', { count }),
  ]
  return <>{facts.filter(Boolean).join(' · ')}</>
}

function NoPictures() {
  const { t } = useTranslation('viewer')
  return <EmptyState icon={<IconPhotoOff />} title={t('study.empty')} text={t('study.emptyText')} />
}

/** Takes what Settings say of the overlay, once; later changes of either side stay their own. */
function useOverlayDefaults() {
  const settings = useSettings()
  const taken = useRef(false)
  useEffect(() => {
    if (!settings || taken.current) return
    taken.current = true
    useViewer.setState({ predictions: settings.showPredictions, opacity: settings.overlayOpacity })
  }, [settings])
}
