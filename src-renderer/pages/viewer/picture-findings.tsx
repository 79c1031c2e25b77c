import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Fact, Facts } from '#renderer/ui/facts'
import { useFormat } from '#renderer/ui/format'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesFindings } from '#shared/contract/review'
import classes from './lesion-card.module.css'
import { Section } from './section'
import { useRunLabels } from './use-run-labels'

/** What was found in the picture on the screen, the surest first. */
export function PictureFindings({ findings }: { findings: SeriesFindings }) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const { nameOf, colourOf } = useRunLabels(findings.run)
  const imageId = useViewer((state) => state.drawn?.image.id)
  const here = useMemo(() => {
    const prediction = findings.predictions.find((one) => one.imageId === imageId)
    return [...(prediction?.findings ?? [])].sort((left, right) => right.score - left.score)
  }, [findings, imageId])
  return (
    <Section title={t('findings.title')} aside={t('findings.pictures', { count: here.length })}>
      {here.length === 0 && <p className="quiet">{t('findings.noneHere')}</p>}
      {here.map((finding) => (
        <div key={finding.id} className={classes.card} data-still>
          <span className={classes.name}>
            <span className={classes.swatch} style={{ background: colourOf(finding.label) }} />
            {nameOf(finding.label)}
          </span>
          <Facts>
            <Fact name={t('findings.score')}>{format.score(finding.score)}</Fact>
            <Fact name={t('findings.area')}>
              {finding.areaMm2 !== null
                ? `${format.whole(finding.areaMm2)} mm²`
                : finding.areaPx !== null && `${format.whole(finding.areaPx)} px`}
            </Fact>
          </Facts>
        </div>
      ))}
    </Section>
  )
}
