import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import { routes } from '#shared/contract/routes'
import type { CheckFinding } from '#shared/domain/data-set/check'
import { useSigns } from '../compared-by'
import { PictureTile } from '../picture-tile'
import classes from './checks-tab.module.css'

interface Props {
  finding: CheckFinding
  selected: boolean
  onSelect: (selected: boolean) => void
}

/** The picture of a finding with what it rests on. */
export function FindingTile({ finding, selected, onSelect }: Props) {
  const { t } = useTranslation('datasets')
  const figure = useFigure(finding)
  const settled = finding.standing !== 'open'
  return (
    <PictureTile picture={finding} quiet={settled} selected={selected} onSelect={onSelect}>
      <small>
        {t(`checks.kind.${finding.kind}`)}
        {settled && ` · ${t('checks.settled')}`}
      </small>
      <small>{[finding.detail, figure].filter(Boolean).join(' · ') || '\u00a0'}</small>
      {finding.otherImageId !== null && (
        <small className={classes.pair}>
          {t('checks.like')}
          <img src={routes.thumbnail(finding.otherImageId)} alt="" loading="lazy" />
        </small>
      )}
    </PictureTile>
  )
}

function useFigure({ kind, value, cosine }: CheckFinding): string {
  const format = useFormat()
  const signs = useSigns()
  if (kind === 'near-duplicate') return signs(value, cosine)
  if (value === null) return ''
  switch (kind) {
    case 'clipped':
    case 'outside-shape':
    case 'label-doubt':
    case 'blurred':
      return format.percent(value)
    case 'tiny-shape':
      return `${format.tenths(value)} px`
    case 'odd-spacing':
      return `${format.score(value)} mm`
    default:
      return ''
  }
}
