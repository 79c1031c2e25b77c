import type { Viewer } from '#renderer/viewer/state/viewer'
import type { SeriesImage } from '#shared/contract/library'
import type { useFindings } from '../use-findings'
import { useRunLabels } from '../use-run-labels'
import { MprGrid } from './mpr-grid'
import { useMprSession } from './use-mpr-session'

interface Props {
  viewer: Viewer
  images: readonly SeriesImage[] | undefined
  modality: string | null
  found: ReturnType<typeof useFindings>
}

/** Planes through the volume of a series, in place of its slices. */
export default function PlanesStage({ viewer, images, modality, found }: Props) {
  const session = useMprSession(viewer, images, modality, found.findings.data)
  const labels = useRunLabels(found.run)
  return session && <MprGrid session={session} viewer={viewer} labels={labels} />
}
