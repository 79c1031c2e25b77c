import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { activeViewer } from '#renderer/viewer/state/panes'
import { useViewer } from '#renderer/viewer/state/viewer-store'
import type { SeriesFindings } from '#shared/contract/review'
import { useAnnotating } from '../panel/annotating'
import type { Working } from '../panel/desk'
import { ProposalActions } from './proposal-actions'
import { ReviewBar } from './review-bar'
import { type Review, useReview } from './use-review'

const Context = createContext<{ review: Review; working: Working; masked: boolean } | null>(null)

/** The findings of a run under review: progress and keys above, and for each lesion within what was decided of it. */
export function Reviewed({ findings, children }: { findings: SeriesFindings; children: ReactNode }) {
  const working = useAnnotating()
  const classified = findings.predictions.some(({ classes }) => classes !== null)
  if (!working || !(findings.run.places || classified)) return children
  return (
    <UnderReview findings={findings} working={working}>
      {children}
    </UnderReview>
  )
}

interface UnderReviewProps {
  findings: SeriesFindings
  working: Working
  children: ReactNode
}

function UnderReview({ findings, working, children }: UnderReviewProps) {
  const review = useReview(findings, working)
  const masked = findings.run.task !== 'detection'
  const { settled } = review
  useEffect(() => {
    useViewer.setState({ settled })
  }, [settled])
  useEffect(() => {
    const viewer = activeViewer()
    return () => viewer.setState({ settled: new Set() })
  }, [])
  return (
    <Context value={{ review, working, masked }}>
      <ReviewBar
        key={findings.run.runId}
        review={review}
        working={working}
        masked={masked}
        cards={review.lesions.size > 0}
        least={findings.run.regionThreshold}
      />
      {children}
    </Context>
  )
}

/** What was or can be decided of a lesion. */
export function LesionReview({ lesionId }: { lesionId: number }) {
  const context = useContext(Context)
  const proposal = context?.review.lesions.get(lesionId)
  return context && proposal ? <ProposalActions proposal={proposal} {...context} /> : null
}
