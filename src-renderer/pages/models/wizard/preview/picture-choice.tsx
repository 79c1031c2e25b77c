import { Button, Slider, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { openSample } from '#renderer/app/intake/intake'
import { ErrorState } from '#renderer/ui/error-state'
import { Thumbnail } from '#renderer/ui/thumbnail'
import classes from './preview.module.css'

/** Studies to choose from at a time; the field finds the others. */
const SHOWN = 24

interface Props {
  imageId: number | null
  onImage: (imageId: number) => void
}

/** A picture of the library to try the draft on. */
export function PictureChoice({ imageId, onImage }: Props) {
  const { t } = useTranslation(['models', 'library'])
  const [search, setSearch] = useState('')
  const [study, setStudy] = useState<number | null>(null)
  const studies = useQuery(
    api.library.studies.queryOptions({
      input: { filter: search.trim() ? { search: search.trim() } : {}, limit: SHOWN },
    }),
  )
  const first = studies.data?.items.find((one) => one.coverImageId !== null)
  useEffect(() => {
    if (imageId !== null || !first || first.coverImageId === null) return
    setStudy(first.id)
    onImage(first.coverImageId)
  }, [imageId, first, onImage])
  if (studies.isError)
    return <ErrorState fault={faultFrom(studies.error)} onRetry={() => studies.refetch()} />
  if (studies.data?.total === 0 && !search) {
    return (
      <div>
        <p className="quiet">{t('wizard.preview.noPicture')}</p>
        <Button size="xs" variant="default" onClick={() => void openSample('shelf')}>
          {t('wizard.preview.sample')}
        </Button>
      </div>
    )
  }
  return (
    <>
      <TextInput
        size="xs"
        role="searchbox"
        aria-label={t('wizard.preview.search')}
        placeholder={t('wizard.preview.search')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className={classes.choice}>
        {studies.data?.items.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-pressed={one.id === study}
            aria-label={one.subject}
            title={one.subject}
            disabled={one.coverImageId === null}
            onClick={() => {
              setStudy(one.id)
              if (one.coverImageId !== null) onImage(one.coverImageId)
            }}
          >
            <Thumbnail imageId={one.coverImageId} />
          </button>
        ))}
      </div>
      {study !== null && <StackChoice key={study} studyId={study} imageId={imageId} onImage={onImage} />}
    </>
  )
}

/** Another image of the study; nothing where it has one. */
function StackChoice({ studyId, imageId, onImage }: Props & { studyId: number }) {
  const { t } = useTranslation('models')
  const detail = useQuery(api.library.study.queryOptions({ input: { studyId } }))
  const series = detail.data?.series.toSorted((a, b) => b.imageCount - a.imageCount)[0]
  const images = useQuery(
    api.library.seriesImages.queryOptions({
      input: { seriesId: series?.id ?? 0 },
      enabled: series !== undefined,
    }),
  ).data
  if (!images || images.length < 2) return null
  const place = Math.max(
    0,
    images.findIndex((image) => image.id === imageId),
  )
  return (
    <div className={classes.stack}>
      <Slider
        min={1}
        max={images.length}
        value={place + 1}
        label={null}
        thumbProps={{ 'aria-label': t('wizard.preview.image') }}
        onChange={(next) => {
          const image = images[next - 1]
          if (image) onImage(image.id)
        }}
      />
      <output>
        {place + 1} / {images.length}
      </output>
    </div>
  )
}
