import { Button, SegmentedControl } from '@mantine/core'
import { IconArrowRight, IconListSearch } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { api } from '#renderer/app/api'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { toastError } from '#renderer/app/toast'
import { EmptyState } from '#renderer/ui/empty-state'
import { useFormat } from '#renderer/ui/format'
import { Keys } from '#renderer/ui/keys'
import { Thumbnail } from '#renderer/ui/thumbnail'
import { type DataSet, queueStrategy } from '#shared/contract/datasets'
import page from '../dataset-page.module.css'
import { viewerLink } from '../viewer-link'
import classes from './next.module.css'
import { useReason } from './reason'

const LENGTH = 200

/** The pictures most worth labelling, gone through by key. */
export default function NextTab({ set }: { set: DataSet }) {
  const { t } = useTranslation('datasets')
  const format = useFormat()
  const reasonOf = useReason()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [strategy, setStrategy] = useState<(typeof queueStrategy.options)[number]>('mixed')
  const [at, setAt] = useState(0)
  const input = { dataSetId: set.id, strategy, limit: LENGTH }
  const queue = useQuery(
    api.datasets.next.queryOptions({ input, placeholderData: keepPreviousData, staleTime: 0 }),
  )
  const exclude = useMutation(
    api.datasets.exclude.mutationOptions({
      onError: toastError,
      onSuccess: () => queries.invalidateQueries({ queryKey: api.datasets.key() }),
    }),
  )
  const items = queue.data?.items ?? []
  const place = Math.min(at, items.length - 1)
  const current = items[place]
  const { mutate } = exclude
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: ['j'], label: t('next.keys.next'), run: () => setAt(Math.min(place + 1, items.length - 1)) },
      { keys: ['k'], label: t('next.keys.previous'), run: () => setAt(Math.max(0, place - 1)) },
      {
        keys: ['Enter'],
        label: t('next.keys.open'),
        run: () => current && void navigate(viewerLink(current)),
      },
      {
        keys: ['x'],
        label: t('next.keys.exclude'),
        run: () => current && mutate({ dataSetId: set.id, imageIds: [current.imageId], reason: '' }),
      },
    ],
    [t, place, items.length, current, navigate, mutate, set.id],
  )
  useShortcuts(t('tabs.next'), shortcuts)
  return (
    <div className={page.parts}>
      <div className={page.line}>
        <SegmentedControl
          size="xs"
          aria-label={t('next.strategy')}
          value={strategy}
          onChange={(value) => {
            setStrategy(queueStrategy.catch('mixed').parse(value))
            setAt(0)
          }}
          data={queueStrategy.options
            .toSorted((a, b) => Number(b === 'mixed') - Number(a === 'mixed'))
            .map((value) => ({ value, label: t(`next.strategies.${value}`) }))}
        />
        <span className={page.push} />
        {queue.data && (
          <span className="quiet">
            {t('next.basis', {
              scored: format.whole(queue.data.scored),
              embedded: format.whole(queue.data.embedded),
            })}
          </span>
        )}
      </div>
      {queue.data && items.length === 0 && (
        <EmptyState icon={<IconListSearch />} title={t('next.none')} text={t('next.noneText')} />
      )}
      {current && (
        <div className={classes.columns}>
          <figure className={classes.stage}>
            <Thumbnail imageId={current.imageId} />
            <figcaption>
              <b>{current.name.split(/[\\/]/).at(-1)}</b>
              <span>{current.subject}</span>
              <span>{reasonOf(current.reason)}</span>
              <Button
                rightSection={<Keys of="Enter" />}
                leftSection={<IconArrowRight size={16} aria-hidden />}
                onClick={() => void navigate(viewerLink(current))}
              >
                {t('next.keys.open')}
              </Button>
              <p className={classes.keys}>
                <span>
                  <Keys of="j" /> {t('next.keys.next')}
                </span>
                <span>
                  <Keys of="k" /> {t('next.keys.previous')}
                </span>
                <span>
                  <Keys of="x" /> {t('next.keys.exclude')}
                </span>
              </p>
            </figcaption>
          </figure>
          <ol className={classes.list}>
            {items.map((item, i) => (
              <li key={item.imageId}>
                <button type="button" aria-current={i === place} onClick={() => setAt(i)}>
                  <Thumbnail imageId={item.imageId} lazy />
                  <span>
                    <b>{item.name.split(/[\\/]/).at(-1)}</b>
                    <small>{reasonOf(item.reason)}</small>
                  </span>
                  <span className={classes.worth}>
                    <span style={{ width: `${item.worth * 100}%` }} />
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </div>
      )}
    </div>
  )
}
