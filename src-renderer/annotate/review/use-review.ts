import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { create } from 'zustand'
import { api } from '#renderer/app/api'
import { goTo, useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesFindings } from '#shared/contract/review'
import type { Working } from '../panel/desk'
import { take } from '../state/hand'
import { decide } from '../sync/queue'
import {
  type Decisions,
  decisionOf,
  decisionsOf,
  lesionProposals,
  nextUndecided,
  type Proposal,
  pictureProposals,
  progressOf,
  settledBy,
  undecidedAbove,
} from './proposals'
import { selectWhenThere } from './select-when-there'

/** The proposal that keys speak of, and whether the reason of a rejection is being asked for. */
export const useCurrent = create<{ key: string | null; rejecting: boolean }>(() => ({
  key: null,
  rejecting: false,
}))

/** The review of a run: its proposals, how they were decided, and what a reader can do. */
export function useReview(findings: SeriesFindings, working: Working) {
  const { seriesId, run } = { seriesId: working.seriesId, run: findings.run }
  const { reader, studyId } = working
  const answer = useQuery(api.annotations.decided.queryOptions({ input: { seriesId, runId: run.runId } }))
  const index = useViewer((state) => state.index)
  const threshold = useViewer((state) => state.threshold) ?? run.regionThreshold
  const current = useCurrent((state) => state.key)

  const decisions: Decisions = useMemo(() => decisionsOf(answer.data ?? [], reader), [answer.data, reader])
  const { generalLabel } = run
  const standard = useMemo(() => ({ least: threshold, generalLabel }), [threshold, generalLabel])
  const settled = useMemo(
    () => settledBy(decisions, findings.predictions, generalLabel),
    [decisions, findings, generalLabel],
  )
  const lesions = useMemo(() => lesionProposals(findings), [findings])
  const byImage = useMemo(
    () => new Map(findings.predictions.map((prediction) => [prediction.ordinal, prediction])),
    [findings],
  )
  const progress = useMemo(
    () => progressOf(findings.predictions, standard, decisions),
    [findings, standard, decisions],
  )
  const total = lesions.size > 0 ? lesions.size : progress.total
  return useMemo(() => {
    const here = byImage.get(index)
    const proposals = lesions.size > 0 ? [...lesions.values()] : here ? pictureProposals(here, standard) : []
    const open = proposals.filter((one) => !decisionOf(one, decisions))
    const byLesion = (one: Proposal) => Math.abs(one.at - index)
    const nearest = lesions.size > 0 ? [...open].sort((a, b) => byLesion(a) - byLesion(b))[0] : open[0]
    const chosen = proposals.find(({ key }) => key === current) ?? nearest ?? null
    const decided = lesions.size > 0 ? proposals.length - open.length : progress.decided

    const show = (proposal: Proposal) => {
      useCurrent.setState({ key: proposal.key, rejecting: false })
      goTo(proposal.at)
    }
    const next = () => {
      const others = open.filter(({ key }) => key !== chosen?.key)
      const after = others.find(({ at }) => at >= (chosen?.at ?? 0)) ?? others[0]
      if (after) return show(after)
      const picture =
        lesions.size > 0 ? null : nextUndecided(findings.predictions, index, standard, decisions)
      const first = picture && pictureProposals(picture, standard).find((one) => !decisionOf(one, decisions))
      if (first) show(first)
    }
    const send = (
      proposal: Proposal,
      verdict: 'accept' | 'reject',
      said: { label?: string; note?: string } = {},
    ) =>
      decide({
        id: crypto.randomUUID(),
        studyId,
        reader,
        findingIds: [...proposal.findingIds],
        ...(proposal.predictionId !== null && {
          classes: [{ predictionId: proposal.predictionId, label: proposal.label }],
        }),
        verdict,
        label: said.label ?? null,
        note: said.note ?? '',
      })
    return {
      settled,
      proposals,
      lesions,
      chosen,
      decided,
      total,
      open: open.length,
      decisionOf: (proposal: Proposal) => decisionOf(proposal, decisions),
      show,
      next,
      accept(proposal: Proposal) {
        send(proposal, 'accept')
        next()
      },
      reject(proposal: Proposal, note: string) {
        send(proposal, 'reject', { note })
        useCurrent.setState({ rejecting: false })
        next()
      },
      relabel: (proposal: Proposal, label: string) => send(proposal, 'accept', { label }),
      /** Takes a proposal over and into the hand: masks under the brush, boxes at their corners. */
      correct(proposal: Proposal, masked: boolean) {
        send(proposal, 'accept')
        goTo(proposal.at)
        selectWhenThere(proposal.findingIds)
        take(masked ? 'brush' : 'select')
      },
      acceptAbove(score: number) {
        const above = undecidedAbove(findings.predictions, score, standard, decisions)
        const most = Math.max(above.findingIds.length, above.classes.length)
        for (let from = 0; from < most; from += 2_000) {
          decide({
            id: crypto.randomUUID(),
            studyId,
            reader,
            findingIds: above.findingIds.slice(from, from + 2_000),
            classes: above.classes.slice(from, from + 2_000),
            verdict: 'accept',
            label: null,
            note: '',
          })
        }
      },
      countAbove(score: number) {
        const { findingIds, classes } = undecidedAbove(findings.predictions, score, standard, decisions)
        return findingIds.length + classes.length
      },
    }
  }, [
    byImage,
    index,
    lesions,
    standard,
    decisions,
    settled,
    current,
    findings,
    studyId,
    reader,
    progress,
    total,
  ])
}

export type Review = ReturnType<typeof useReview>
