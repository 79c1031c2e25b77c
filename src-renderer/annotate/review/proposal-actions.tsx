import { Popover } from '@mantine/core'
import { IconCheck, IconTag, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '#renderer/ui/chip'
import { Keys } from '#renderer/ui/keys'
import type { Working } from '../panel/desk'
import { LabelMenu } from '../panel/label-choice'
import { type Proposal, reasonsFor } from './proposals'
import classes from './review.module.css'
import { type Review, useCurrent } from './use-review'

interface Props {
  proposal: Proposal
  review: Review
  working: Working
  /** Found as a mask rather than as a box. */
  masked: boolean
}

/** How a proposal was decided, or what can be decided of it. */
export function ProposalActions({ proposal, review, working, masked }: Props) {
  const { t } = useTranslation('annotate')
  const [again, setAgain] = useState(false)
  const decision = review.decisionOf(proposal)
  const current = review.chosen?.key === proposal.key
  const rejecting = useCurrent((state) => state.rejecting) && current
  if (decision && !again) {
    const { state, reader, note, label } = decision
    const tone = state === 'rejected' ? 'bad' : 'ok'
    return (
      <div className={classes.decided}>
        <Chip tone={tone} icon={state === 'rejected' ? <IconX size={13} /> : <IconCheck size={13} />}>
          {t(`states.${state}`)}
        </Chip>
        <span className={classes.why} title={t('review.byReader', { state: t(`states.${state}`), reader })}>
          {note || (label === proposal.label ? reader : working.labels.nameOf(label))}
        </span>
        <button type="button" className={classes.again} onClick={() => setAgain(true)}>
          {t('review.again')}
        </button>
      </div>
    )
  }
  const done = (act: () => void) => () => {
    setAgain(false)
    act()
  }
  const key = (name: string) => (current ? <Keys of={name} /> : null)
  return (
    <div className={classes.actions}>
      <button
        type="button"
        className={classes.act}
        data-kind="accept"
        onClick={done(() => review.accept(proposal))}
      >
        {t('review.accept')}
        {key('a')}
      </button>
      {proposal.predictionId === null && (
        <button type="button" className={classes.act} onClick={done(() => review.correct(proposal, masked))}>
          {t('review.correct')}
          {key('e')}
        </button>
      )}
      <Popover
        opened={rejecting}
        onChange={(opened) => useCurrent.setState({ rejecting: opened })}
        position="bottom-end"
        trapFocus
        withinPortal
      >
        <Popover.Target>
          <button
            type="button"
            className={classes.act}
            data-kind="reject"
            onClick={() => {
              review.show(proposal)
              useCurrent.setState({ rejecting: !rejecting })
            }}
          >
            {t('review.reject')}
            {key('r')}
          </button>
        </Popover.Target>
        <Popover.Dropdown>
          <Reasons
            reasons={reasonsFor(proposal)}
            onReject={(note) => done(() => review.reject(proposal, note))()}
          />
        </Popover.Dropdown>
      </Popover>
      <LabelMenu
        working={working}
        title={t('review.relabel')}
        onChoose={(label) => done(() => review.relabel(proposal, label))()}
      >
        <button
          type="button"
          className={`${classes.act} ${classes.label}`}
          aria-label={t('review.relabel')}
          title={t('review.relabel')}
        >
          <IconTag size={14} aria-hidden />
        </button>
      </LabelMenu>
    </div>
  )
}

interface ReasonsProps {
  reasons: ReturnType<typeof reasonsFor>
  onReject: (note: string) => void
}

/** Why: one of the usual reasons by its number, or in a person's own words. */
function Reasons({ reasons, onReject }: ReasonsProps) {
  const { t } = useTranslation('annotate')
  const [words, setWords] = useState('')
  return (
    <form
      className={classes.reasons}
      onSubmit={(event) => {
        event.preventDefault()
        onReject(words.trim())
      }}
    >
      <strong>{t('review.reasons.title')}</strong>
      {reasons.map((reason, at) => (
        <button
          key={reason}
          type="button"
          className={classes.reason}
          onClick={() => onReject(t(`review.reasons.${reason}`))}
        >
          {t(`review.reasons.${reason}`)}
          <Keys of={String(at + 1)} />
        </button>
      ))}
      <input
        data-autofocus
        className={classes.words}
        value={words}
        placeholder={t('review.reasons.other')}
        aria-label={t('review.reasons.other')}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          const reason = reasons[Number(event.key) - 1]
          if (words !== '' || !reason) return
          event.preventDefault()
          onReject(t(`review.reasons.${reason}`))
        }}
      />
    </form>
  )
}
