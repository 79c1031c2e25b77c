import { Slider } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Shortcut, useShortcuts } from '#renderer/app/shortcuts'
import { useFormat } from '#renderer/ui/format'
import { Keys } from '#renderer/ui/keys'
import type { Working } from '../panel/desk'
import { ProposalActions } from './proposal-actions'
import { type Proposal, reasonsFor } from './proposals'
import classes from './review.module.css'
import { type Review, useCurrent } from './use-review'

interface Props {
  review: Review
  working: Working
  masked: boolean
  /** Where each proposal has a card of its own, none is shown here. */
  cards: boolean
  /** From which score the run calls something found. */
  least: number
}

/** How far the review is, the next finding, and all sure ones at once. */
export function ReviewBar({ review, working, masked, cards, least }: Props) {
  const { t } = useTranslation('annotate')
  const format = useFormat()
  const [score, setScore] = useState(Math.max(least, 0.8))
  useReviewKeys(review, masked, score)
  const rejecting = useCurrent((state) => state.rejecting)
  const { chosen, decided, total } = review
  const count = review.countAbove(score)
  if (total === 0) return null
  return (
    <section className={classes.bar} aria-label={t('review.title')}>
      {rejecting && chosen && <ReasonKeys review={review} proposal={chosen} />}
      <header className={classes.head}>
        <span>{t('review.progress', { decided, total })}</span>
        <button type="button" className={classes.next} disabled={decided >= total} onClick={review.next}>
          {t('review.next')}
          <Keys of="n" />
        </button>
      </header>
      <span className={classes.track} aria-hidden>
        <span style={{ width: `${(decided / total) * 100}%` }} />
      </span>
      {!cards && chosen && (
        <div className={classes.card}>
          <span className={classes.name}>
            <span className={classes.swatch} style={{ background: working.labels.colourOf(chosen.label) }} />
            {working.labels.nameOf(chosen.label)}
            {chosen.score !== null && <span className={classes.score}>{format.score(chosen.score)}</span>}
          </span>
          <ProposalActions
            key={chosen.key}
            proposal={chosen}
            review={review}
            working={working}
            masked={masked}
          />
        </div>
      )}
      {total > 3 && decided < total && (
        <div className={classes.all}>
          <Slider
            aria-label={t('review.threshold')}
            size="sm"
            label={null}
            min={least}
            max={1}
            step={0.01}
            value={score}
            onChange={setScore}
          />
          <button
            type="button"
            className={classes.act}
            title={t('review.allHelp', { count })}
            disabled={count === 0}
            onClick={() => review.acceptAbove(score)}
          >
            {t('review.all', { score: format.score(score) })}
            <Keys of="Shift+A" />
          </button>
        </div>
      )}
    </section>
  )
}

function useReviewKeys(review: Review, masked: boolean, score: number): void {
  const { t } = useTranslation('annotate')
  const { chosen } = review
  const keys = useMemo((): Shortcut[] => {
    const of = (act: (proposal: NonNullable<typeof chosen>) => void) => ({
      run: () => {
        if (chosen) act(chosen)
      },
      disabled: chosen === null,
    })
    return [
      { keys: ['n'], label: t('review.next'), run: review.next },
      { keys: ['a'], label: t('review.accept'), ...of(review.accept) },
      {
        keys: ['e'],
        label: t('review.correct'),
        run: () => {
          if (chosen) review.correct(chosen, masked)
        },
        // a label of the whole picture has no outline to correct
        disabled: chosen === null || chosen.predictionId !== null,
      },
      { keys: ['r', 'x'], label: t('review.reject'), ...of(() => useCurrent.setState({ rejecting: true })) },
      { keys: ['Shift+A'], label: t('review.all', { score }), run: () => review.acceptAbove(score) },
    ]
  }, [t, review, chosen, masked, score])
  useShortcuts(t('keys.review'), keys)
}

/** Before the field for other reasons has the focus, numbers choose a reason as they do within it. */
function ReasonKeys({ review, proposal }: { review: Review; proposal: Proposal }) {
  const { t } = useTranslation('annotate')
  const keys = useMemo(
    () =>
      reasonsFor(proposal).map((reason, at): Shortcut => {
        const words = t(`review.reasons.${reason}`)
        return { keys: [String(at + 1)], label: words, run: () => review.reject(proposal, words) }
      }),
    [t, review, proposal],
  )
  useShortcuts(t('review.reasons.title'), keys)
  return null
}
