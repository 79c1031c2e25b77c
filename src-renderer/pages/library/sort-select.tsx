import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { StudySort } from './library-view'
import classes from './sort-select.module.css'

const orders: readonly StudySort[] = ['newest', 'oldest', 'subject', 'score']

/** The order of the list. */
export function SortSelect({ sort, onSort }: { sort: StudySort; onSort: (sort: StudySort) => void }) {
  const { t } = useTranslation('library')
  return (
    <NativeSelect
      className={classes.sort}
      size="xs"
      aria-label={t('sort.label')}
      value={sort}
      onChange={(event) => {
        const chosen = orders.find((order) => order === event.currentTarget.value)
        if (chosen) onSort(chosen)
      }}
      data={orders.map((order) => ({ value: order, label: t(`sort.${order}`) }))}
    />
  )
}
