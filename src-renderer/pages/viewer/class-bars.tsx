import { IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#renderer/ui/format'
import type { ClassResult } from '#shared/domain/finding'
import classes from './classes-panel.module.css'
import type { RunLabels } from './use-run-labels'

interface Props {
  result: ClassResult
  labels: RunLabels
  /** The operating point. */
  point: number
  explained: string | null
  onExplain: (label: string) => void
}

/** Labels shown before a person asks for all, and groups. */
const shown = 5
const shownGroups = 3

const byProbability = (left: { probability: number }, right: { probability: number }) =>
  right.probability - left.probability

/** The likeliest labels as bars, then their groups; a click on a label shows where its probability comes from. */
export function ClassBars({ result, labels, point, explained, onExplain }: Props) {
  const { t } = useTranslation('viewer')
  const [all, setAll] = useState(false)
  const ranked = [...result.probabilities].sort(byProbability)
  const short = ranked.length > shown + 1
  const key = labels.manifest?.operatingPoint.label
  const groups = [...result.groups].sort(byProbability).slice(0, shownGroups)
  return (
    <>
      <ul className={classes.bars}>
        {ranked.slice(0, short && !all ? shown : undefined).map(({ label, probability }) => (
          <li key={label}>
            <button
              type="button"
              className={classes.row}
              aria-pressed={explained === label}
              title={t('classes.explain', { label: labels.nameOf(label) })}
              onClick={() => onExplain(label)}
            >
              <Bar
                name={labels.nameOf(label)}
                probability={probability}
                colour={labels.colourOf(label)}
                called={result.called.includes(label)}
                {...(label === key ? { point } : {})}
              />
            </button>
          </li>
        ))}
      </ul>
      {short && (
        <button type="button" className={classes.more} onClick={() => setAll(!all)}>
          {all ? t('classes.fewer') : t('classes.all', { count: ranked.length })}
        </button>
      )}
      {groups.length > 0 && (
        <>
          <h3 className={classes.groups}>{t('classes.groups')}</h3>
          <ul className={classes.bars}>
            {groups.map(({ group, probability }) => (
              <li key={group} className={classes.row}>
                <Bar name={labels.groupNameOf(group)} probability={probability} colour="var(--text-3)" />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

interface BarProps {
  name: string
  probability: number
  colour: string
  called?: boolean
  /** A tick where the label would be called. */
  point?: number
}

function Bar({ name, probability, colour, called = false, point }: BarProps) {
  const { t } = useTranslation('viewer')
  const format = useFormat()
  return (
    <>
      <span className={classes.name} data-called={called || undefined}>
        {name}
        {called && <IconCheck size={14} aria-label={t('classes.called')} />}
      </span>
      <span className={classes.value}>{format.score(probability)}</span>
      <span className={classes.track}>
        <span className={classes.fill} style={{ width: `${probability * 100}%`, background: colour }} />
        {point !== undefined && <span className={classes.point} style={{ left: `${point * 100}%` }} />}
      </span>
    </>
  )
}
