import { useEffect, useMemo, useState } from 'react'
import { MprSession } from '#renderer/viewer/mpr/mpr-session'
import type { MaskSource } from '#renderer/viewer/mpr/protocol'
import { openStack, type Viewer } from '#renderer/viewer/state/viewer'
import { initialView } from '#renderer/viewer/view/view-state'
import type { SeriesImage } from '#shared/contract/library'
import type { SeriesFindings } from '#shared/contract/review'

/** Planes through a stack while the calling component is on the screen; null until they are begun. */
export function useMprSession(
  viewer: Viewer,
  images: readonly SeriesImage[] | undefined,
  modality: string | null,
  findings: SeriesFindings | undefined,
): MprSession | null {
  const [session, setSession] = useState<MprSession | null>(null)
  useEffect(() => {
    if (!images) return
    if (viewer.getState().images !== images)
      openStack(viewer, images, modality, Math.floor(images.length / 2))
    const { index, window, initialWindow } = viewer.getState()
    const made = new MprSession(images, index, window ?? initialWindow)
    setSession(made)
    const forget = inStep(viewer, made)
    return () => {
      forget()
      made.close()
      setSession(null)
    }
  }, [viewer, images, modality])

  const source = useMemo(() => masksOf(findings), [findings])
  useEffect(() => session?.showMasks(source), [session, source])
  const point = findings?.run.regionThreshold
  useEffect(() => {
    if (!session) return
    const follow = () => {
      const { predictions, threshold } = viewer.getState()
      session.setThreshold(predictions ? (threshold ?? point ?? null) : null)
    }
    follow()
    return viewer.subscribe(follow)
  }, [session, viewer, point])
  return session
}

/** The place in the stack follows the point where the planes meet, and the other way round. */
function inStep(viewer: Viewer, session: MprSession): () => void {
  let moving = false
  const forgetViewer = viewer.subscribe((now, before) => {
    if (now.view !== before.view && now.view === initialView) session.resetViews()
    if (moving || now.index === before.index) return
    moving = true
    session.goToSlice(now.index)
    moving = false
  })
  const forgetSession = session.store.subscribe((now, before) => {
    if (moving || now.center === before.center || !now.center || !before.center) return
    moving = true
    viewer.setState({ index: session.nearestSlice(now.center) })
    moving = false
  })
  return () => {
    forgetViewer()
    forgetSession()
  }
}

const masksOf = (findings: SeriesFindings | undefined): MaskSource | null =>
  findings
    ? {
        regionThreshold: findings.run.regionThreshold,
        predictions: findings.predictions
          .filter(({ hasMap }) => hasMap)
          .map(({ imageId, predictionId, findings: found }) => ({
            imageId,
            predictionId,
            found: found.map(({ label, box }) => ({ label, box })),
          })),
      }
    : null
