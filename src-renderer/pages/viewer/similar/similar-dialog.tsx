import '@mantine/core/styles/Skeleton.css'
import { Modal, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import type { SimilarPictures } from '#shared/contract/similarity'
import { Prepare } from './prepare'
import classes from './similar-dialog.module.css'
import { SimilarTile } from './similar-tile'

interface Props {
  imageId: number
  onClose: () => void
}

/** The pictures most like one, each with its similarity and what is known of it. */
export default function SimilarDialog({ imageId, onClose }: Props) {
  const { t } = useTranslation(['viewer', 'common'])
  const { data, error } = useQuery(
    // labels and vectors come while the app is open
    api.similarity.nearest.queryOptions({ input: { imageId }, staleTime: 0, retry: false }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('similar.title')}
      size="60rem"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className={classes.parts}>
        {error && <FaultNote fault={faultFrom(error)} />}
        {!error && !data && (
          <div role="status" aria-label={t('similar.loading')}>
            <Skeleton height={320} radius="md" />
          </div>
        )}
        {data && <Found found={data} onOpen={onClose} />}
      </div>
    </Modal>
  )
}

function Found({ found, onOpen }: { found: SimilarPictures; onOpen: () => void }) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const { pictures, compared, model, sameFrom } = found
  return (
    <>
      <p className="quiet">
        {compared === 0 ? t('similar.none') : t('similar.compared', { count: compared, model })}{' '}
        {compared > 0 && sameFrom !== null && t('similar.sameFrom', { value: format.score(sameFrom) })}
      </p>
      <ul className={classes.grid}>
        {pictures.map((picture) => (
          <SimilarTile
            key={picture.imageId}
            picture={picture}
            same={sameFrom !== null && picture.similarity >= sameFrom}
            onOpen={onOpen}
          />
        ))}
      </ul>
      <Prepare found={found} />
    </>
  )
}
