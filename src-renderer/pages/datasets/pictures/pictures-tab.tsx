import { Button, SegmentedControl } from '@mantine/core'
import { IconPhotoOff, IconX } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { useLabelName } from '#renderer/app/label-names'
import { toastError } from '#renderer/app/toast'
import { EmptyState } from '#renderer/ui/empty-state'
import { ErrorState } from '#renderer/ui/error-state'
import { Pager } from '#renderer/ui/pager'
import type { DataSet } from '#shared/contract/datasets'
import classes from '../dataset-page.module.css'
import { PictureTile } from '../picture-tile'
import { useSetView } from '../set-view'
import { useChosen } from '../use-chosen'
import { FilterChips } from './filter-chips'

const PAGE = 120

/** The pictures the question finds, narrowed by what was clicked in the statistics. */
export function PicturesTab({ set }: { set: DataSet }) {
  const { t } = useTranslation('datasets')
  const labelName = useLabelName()
  const { filter, show } = useSetView()
  const [page, setPage] = useState(0)
  const chosen = useChosen()
  const queries = useQueryClient()
  const input = { dataSetId: set.id, filter, offset: page * PAGE, limit: PAGE }
  const pictures = useQuery(
    api.datasets.pictures.queryOptions({ input, placeholderData: keepPreviousData, staleTime: 0 }),
  )
  const done = {
    onError: toastError,
    onSuccess: () => {
      chosen.clear()
      return queries.invalidateQueries({ queryKey: api.datasets.key() })
    },
  }
  const exclude = useMutation(api.datasets.exclude.mutationOptions(done))
  const include = useMutation(api.datasets.include.mutationOptions(done))
  const narrowed = JSON.stringify(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter begins at its first page
  useEffect(() => setPage(0), [narrowed])

  const items = pictures.data?.items ?? []
  const imageIds = [...chosen.ids]
  const excluded = filter.excluded === true
  return (
    <div className={classes.parts}>
      <div className={classes.line}>
        <SegmentedControl
          size="xs"
          value={String(excluded)}
          onChange={(value) => show('pictures', value === 'true' ? { excluded: true } : {})}
          data={[
            { value: 'false', label: t('pictures.included') },
            { value: 'true', label: t('pictures.excluded') },
          ]}
        />
        <FilterChips filter={filter} />
        {Object.keys(filter).length > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={() => show('pictures')}
          >
            {t('pictures.clear')}
          </Button>
        )}
        <span className={classes.push} />
        {items.length > 0 && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() =>
              chosen.choose(
                items.map(({ imageId }) => imageId),
                true,
              )
            }
          >
            {t('pictures.all')}
          </Button>
        )}
        {imageIds.length > 0 && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              excluded
                ? include.mutate({ dataSetId: set.id, imageIds })
                : exclude.mutate({ dataSetId: set.id, imageIds })
            }
          >
            {t(excluded ? 'pictures.include' : 'pictures.exclude', { count: imageIds.length })}
          </Button>
        )}
      </div>
      {pictures.isError && (
        <ErrorState fault={faultFrom(pictures.error)} onRetry={() => pictures.refetch()} />
      )}
      {pictures.data?.total === 0 && (
        <EmptyState icon={<IconPhotoOff />} title={t('pictures.none')} text={t('pictures.noneText')} />
      )}
      <ul className={classes.grid}>
        {items.map((picture) => (
          <PictureTile
            key={picture.imageId}
            picture={picture}
            selected={chosen.ids.has(picture.imageId)}
            onSelect={(selected) => chosen.choose([picture.imageId], selected)}
          >
            <small>{picture.labels.map(labelName).join(', ') || t('pictures.unlabelled')}</small>
          </PictureTile>
        ))}
      </ul>
      <Pager page={page} pageSize={PAGE} total={pictures.data?.total ?? 0} onPage={setPage} />
    </div>
  )
}
