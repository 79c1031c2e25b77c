import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from './format'
import classes from './pager.module.css'

interface Props {
  /** From 0. */
  page: number
  pageSize: number
  total: number
  onPage: (page: number) => void
}

/** Steps through a long list; nothing where all of it is in sight. */
export function Pager({ page, pageSize, total, onPage }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (total <= pageSize) return null
  const first = page * pageSize + 1
  const last = Math.min(total, first + pageSize - 1)
  return (
    <nav className={classes.pager} aria-label={t('pager.label')}>
      <ActionIcon
        variant="default"
        aria-label={t('pager.previous')}
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
      >
        <IconChevronLeft size={16} aria-hidden />
      </ActionIcon>
      <span>
        {t('pager.range', {
          first: format.whole(first),
          last: format.whole(last),
          total: format.whole(total),
        })}
      </span>
      <ActionIcon
        variant="default"
        aria-label={t('pager.next')}
        disabled={last >= total}
        onClick={() => onPage(page + 1)}
      >
        <IconChevronRight size={16} aria-hidden />
      </ActionIcon>
    </nav>
  )
}
