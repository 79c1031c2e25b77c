import { Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import { Pager } from '#renderer/ui/pager'
import type { ExportTarget, WrittenOn } from '#shared/contract/deidentify'
import type { PixelBox } from '#shared/domain/deidentification'
import { BoxEditor } from './box-editor'
import classes from './text-review.module.css'

const PAGE = 12

interface Props {
  target: ExportTarget
  /** Those a person changed, by file. */
  boxes: ReadonlyMap<number, PixelBox[]>
  onChange: (boxes: ReadonlyMap<number, PixelBox[]>) => void
}

/** Pictures that may carry writing, with the areas that will be covered; a person removes and adds some. */
export function TextReview({ target, boxes, onChange }: Props) {
  const { t } = useTranslation('deidentify')
  const [page, setPage] = useState(0)
  const offset = page * PAGE
  const list = useQuery(api.deidentify.writtenOn.queryOptions({ input: { target, offset, limit: PAGE } }))
  if (list.isError) return <FaultNote fault={faultFrom(list.error)} />
  if (!list.data) return <Loader size="sm" />
  return (
    <>
      <p className="quiet">{t('review.about', { count: list.data.total })}</p>
      <ul className={classes.grid}>
        {list.data.items.map((file) => (
          <ReviewedFile
            key={file.instanceId}
            file={file}
            boxes={boxes.get(file.instanceId)}
            onChange={(left) => onChange(new Map(boxes).set(file.instanceId, left))}
          />
        ))}
      </ul>
      <Pager page={page} pageSize={PAGE} total={list.data.total} onPage={setPage} />
    </>
  )
}

interface FileProps {
  file: WrittenOn
  boxes: PixelBox[] | undefined
  onChange: (boxes: PixelBox[]) => void
}

function ReviewedFile({ file, boxes, onChange }: FileProps) {
  const { t } = useTranslation('deidentify')
  const { instanceId } = file
  const found = useQuery({
    ...api.deidentify.findText.queryOptions({ input: { instanceId } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const shown = boxes ?? found.data?.boxes ?? []
  return (
    <li className={classes.file}>
      <BoxEditor file={file} boxes={shown} onChange={onChange} />
      <span className={classes.line}>
        <span>{file.description || '—'}</span>
        {found.isPending ? (
          <span className="quiet">{t('review.looking')}</span>
        ) : found.isError ? (
          <span className={classes.bad}>{t('review.failed')}</span>
        ) : (
          <span className="quiet">{t('review.boxes', { count: shown.length })}</span>
        )}
      </span>
    </li>
  )
}
