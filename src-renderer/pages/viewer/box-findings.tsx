import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { placesOf, shownBoxes } from '#renderer/viewer/overlay/predictions'
import { toggleLabel, useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesFindings } from '#shared/contract/review'
import classes from './box-findings.module.css'
import { Section } from './section'
import { useRunLabels } from './use-run-labels'

const none: ReadonlySet<string> = new Set()

/** What was found in the picture on the screen, counted by label; each label can be left out of the picture. */
export function BoxFindings({ findings }: { findings: SeriesFindings }) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  const { nameOf, colourOf, manifest } = useRunLabels(findings.run)
  const imageId = useViewer((state) => state.drawn?.image.id)
  const hidden = useViewer((state) => state.hidden)
  const threshold = useViewer((state) => state.threshold) ?? findings.run.regionThreshold
  const prediction = findings.predictions.find((one) => one.imageId === imageId)
  const { counts, count } = useMemo(() => {
    const boxes = prediction ? shownBoxes(prediction, threshold, none) : []
    return { counts: countsOf(boxes), count: placesOf(boxes) }
  }, [prediction, threshold])
  const kind = manifest?.fits.domain === 'retail' ? 'products' : 'boxes'
  const allHidden = counts.length > 0 && counts.every(({ label }) => hidden.has(label))
  const showAll = () => useViewer.setState({ hidden: none })
  const hideAll = () => useViewer.setState({ hidden: new Set(counts.map(({ label }) => label)) })
  return (
    <Section title={t(`boxes.title.${kind}`)} aside={t(`boxes.here.${kind}`, { count })}>
      {counts.length === 0 && (
        <p className="quiet">{t(prediction ? `boxes.none.${kind}` : 'classes.unscored')}</p>
      )}
      <ul className={classes.list} onPointerLeave={() => useViewer.setState({ focus: null })}>
        {counts.map(({ label, count: times, best }) => (
          <li key={label}>
            <button
              type="button"
              className={classes.row}
              aria-pressed={!hidden.has(label)}
              title={t(hidden.has(label) ? 'boxes.show' : 'boxes.hide', { label: nameOf(label) })}
              onClick={() => toggleLabel(label)}
              onPointerEnter={() => useViewer.setState({ focus: label })}
            >
              <span className={classes.swatch} style={{ background: colourOf(label) }} />
              <span className={classes.name}>{nameOf(label)}</span>
              <span className={classes.best} title={t('boxes.best')}>
                {format.score(best)}
              </span>
              <b className={classes.count}>{format.whole(times)}</b>
              {hidden.has(label) ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
            </button>
          </li>
        ))}
      </ul>
      {counts.length > 1 && (
        <button type="button" className={classes.all} onClick={allHidden ? showAll : hideAll}>
          {t(allHidden ? 'boxes.showAll' : 'boxes.hideAll')}
        </button>
      )}
    </Section>
  )
}

interface Count {
  label: string
  count: number
  best: number
}

/** By label, the most frequent first. */
function countsOf(boxes: readonly { label: string; score: number }[]): Count[] {
  return [...Map.groupBy(boxes, ({ label }) => label)]
    .map(([label, own]) => ({ label, count: own.length, best: Math.max(...own.map(({ score }) => score)) }))
    .sort((left, right) => right.count - left.count || right.best - left.best)
}
