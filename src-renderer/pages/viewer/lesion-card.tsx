import { useTranslation } from 'react-i18next'
import { Fact, Facts } from '#renderer/ui/facts'
import { useFormat } from '#renderer/ui/format'
import { goTo, useViewer } from '#renderer/viewer/state/viewer-store'
import type { Lesion } from '#shared/domain/finding'
import classes from './lesion-card.module.css'
import type { RunLabels } from './use-run-labels'

/** A lesion with its figures; a click shows its largest slice. */
export function LesionCard({ lesion, labels }: { lesion: Lesion; labels: RunLabels }) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const { nameOf, colourOf } = labels
  const here = useViewer(({ index }) => index + 1 >= lesion.firstSlice && index + 1 <= lesion.lastSlice)
  const unknown = t('findings.unknown')
  return (
    <button
      type="button"
      className={classes.card}
      data-here={here || undefined}
      title={t('findings.jump', { slice: lesion.keySlice })}
      onClick={() => goTo(lesion.keySlice - 1)}
    >
      <span className={classes.name}>
        <span className={classes.swatch} style={{ background: colourOf(lesion.label) }} />
        {t('findings.lesion', { label: nameOf(lesion.label), ordinal: lesion.ordinal })}
      </span>
      <Facts>
        <Fact name={t('findings.volume')}>
          {lesion.volumeMl === null ? unknown : `${format.tenths(lesion.volumeMl)} ml`}
        </Fact>
        <Fact name={t('findings.diameter')}>
          {lesion.longestAxialDiameterMm === null
            ? unknown
            : `${format.tenths(lesion.longestAxialDiameterMm)} mm`}
        </Fact>
        <Fact name={t('findings.slices')}>
          {t('findings.sliceRange', { first: lesion.firstSlice, last: lesion.lastSlice })}
        </Fact>
        <Fact name={t('findings.probability')}>
          {format.score(lesion.meanProbability)} / {format.score(lesion.maxProbability)}
        </Fact>
      </Facts>
    </button>
  )
}
