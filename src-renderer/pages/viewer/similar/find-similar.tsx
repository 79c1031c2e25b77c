import { ActionIcon } from '@mantine/core'
import { IconPhotoSearch } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useViewer } from '#renderer/viewer/state/viewer-store'

const SimilarDialog = lazy(() => import('./similar-dialog'))

/** Opens the pictures of the library that are most like the one on the screen. */
export function FindSimilar() {
  const { t } = useTranslation('viewer')
  const shown = useViewer((state) => state.drawn !== null)
  const [imageId, setImageId] = useState<number | null>(null)
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        disabled={!shown}
        aria-label={t('similar.open')}
        title={t('similar.open')}
        onClick={() => setImageId(useViewer.getState().drawn?.image.id ?? null)}
      >
        <IconPhotoSearch size={18} />
      </ActionIcon>
      <Suspense>
        {imageId !== null && <SimilarDialog imageId={imageId} onClose={() => setImageId(null)} />}
      </Suspense>
    </>
  )
}
