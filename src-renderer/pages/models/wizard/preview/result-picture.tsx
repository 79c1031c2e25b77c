import { useTranslation } from 'react-i18next'
import { faultFrom } from '#renderer/app/fault'
import { ErrorState } from '#renderer/ui/error-state'
import { useFormat } from '#renderer/ui/format'
import type { DraftPreview } from '#shared/contract/model-wizard'
import { maskPath } from './mask-path'
import classes from './preview.module.css'
import { useDrawnFrame } from './use-drawn-frame'
import type { LabelLook } from './use-label-look'

interface Props {
  imageId: number
  result: DraftPreview | undefined
  look: LabelLook
}

/** The picture with what the draft finds in it: regions and boxes, each with its name and score. */
export function ResultPicture({ imageId, result, look }: Props) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const { canvas, frame } = useDrawnFrame(imageId)
  if (frame.isError) return <ErrorState fault={faultFrom(frame.error)} onRetry={() => frame.refetch()} />
  const percent = (part: number, whole: number) => `${(part / whole) * 100}%`
  return (
    <div className={classes.stage}>
      <div className={classes.picture}>
        <canvas ref={canvas} role="img" aria-label={t('wizard.preview.picture')} />
        {result && (
          <svg viewBox={`0 0 ${result.columns} ${result.rows}`} preserveAspectRatio="none" aria-hidden="true">
            {result.findings.map((finding, place) => (
              // findings carry no id; their order is their identity
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <g key={place} stroke={look.colour(finding.label)} fill={look.colour(finding.label)}>
                {finding.mask && <path d={maskPath(finding.mask)} className={classes.mask} />}
                {finding.box && !finding.mask && (
                  <rect
                    x={finding.box[0]}
                    y={finding.box[1]}
                    width={finding.box[2]}
                    height={finding.box[3]}
                    className={classes.box}
                  />
                )}
              </g>
            ))}
          </svg>
        )}
        {result?.findings.map(
          (finding, place) =>
            finding.box && (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: findings carry no id
                key={place}
                className={classes.name}
                style={{
                  left: percent(finding.box[0], result.columns),
                  top: percent(finding.box[1], result.rows),
                  borderColor: look.colour(finding.label),
                }}
              >
                {look.name(finding.label)} {format.score(finding.score)}
              </span>
            ),
        )}
      </div>
    </div>
  )
}
