import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#renderer/app/api'
import { faultFrom } from '#renderer/app/fault'
import { FaultNote } from '#renderer/ui/fault-note'
import { useFormat } from '#renderer/ui/format'
import { Panel } from '#renderer/ui/panel'
import { type DraftPreview, draftManifest } from '#shared/contract/model-wizard'
import { useDraft } from '../form/draft-form'
import type { Json } from '../json-path'
import { forPreview } from '../merge-proposal'
import { ClassBars } from './class-bars'
import { PictureChoice } from './picture-choice'
import classes from './preview.module.css'
import { ResultPicture } from './result-picture'
import { type LabelLook, useLabelLook } from './use-label-look'
import { useSettled } from './use-settled'

/** The draft at work on a picture of the library; runs again whenever something changes that matters to it. */
export function PreviewPanel({ draft }: { draft: string }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const { values } = useDraft()
  const look = useLabelLook(values)
  const [imageId, setImageId] = useState<number | null>(null)
  const onImage = useCallback((id: number) => setImageId(id), [])
  const wanted = useSettled(imageId)
  const { preview, whole, stale } = usePreview(draft, values, wanted)
  const shown = preview.data && imageId === wanted && !preview.isError ? preview.data : undefined
  return (
    <Panel title={t('wizard.preview.title')}>
      <PictureChoice imageId={imageId} onImage={onImage} />
      {imageId !== null && <ResultPicture imageId={imageId} result={shown} look={look} />}
      {imageId !== null && (
        <p className={classes.status} role="status">
          {!whole ? (
            t('wizard.preview.incomplete')
          ) : preview.isFetching || stale ? (
            t('wizard.preview.running')
          ) : shown ? (
            <>
              <Found result={shown} look={look} />
              <span>{format.milliseconds(shown.milliseconds)}</span>
            </>
          ) : null}
        </p>
      )}
      {preview.isError && whole && (
        <div role="alert">
          <FaultNote fault={faultFrom(preview.error)} />
        </div>
      )}
      {shown && <ClassBars classes={shown.classes} look={look} />}
      {shown?.embedding && (
        <p className="quiet">
          {t('wizard.preview.embedding', {
            count: shown.embedding.dimensions,
            first: shown.embedding.first.map((value) => value.toFixed(3)).join(', '),
          })}
        </p>
      )}
    </Panel>
  )
}

/** What came of it in a sentence: labels called of the whole picture, findings in it. */
function Found({ result: { findings, classes: outputs, embedding }, look }: FoundProps) {
  const { t } = useTranslation('models')
  const called = outputs.flatMap((output) => output.called)
  const said =
    called.length > 0
      ? t('wizard.preview.called', { labels: called.map(look.name).join(', ') })
      : t('wizard.preview.notCalled')
  const places = findings.length > 0 || (outputs.length === 0 && embedding === null)
  return (
    <span>
      {[outputs.length > 0 && said, places && t('wizard.preview.findings', { count: findings.length })]
        .filter(Boolean)
        .join(' · ')}
    </span>
  )
}

interface FoundProps {
  result: DraftPreview
  look: LabelLook
}

/** What the draft finds in an image, asked for once the form has been still for a moment. */
function usePreview(draft: string, values: Json, imageId: number | null) {
  const now = JSON.stringify(forPreview(values))
  const settled = useSettled(now)
  const manifest = draftManifest.safeParse(JSON.parse(settled)).data
  const preview = useQuery({
    queryKey: ['preview', draft, settled, imageId],
    queryFn: ({ signal }) => {
      if (!manifest || imageId === null) throw new Error('asked for a preview of an unfinished draft')
      return api.models.wizard.preview.call({ draft, manifest, imageId }, { signal })
    },
    enabled: manifest !== undefined && imageId !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  return { preview, whole: manifest !== undefined, stale: now !== settled }
}
