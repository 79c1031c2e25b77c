import { client } from '#renderer/app/api'
import { toastError } from '#renderer/app/toast'
import { type Layout, type PaneContent, usePanes } from '#renderer/viewer/state/panes'
import type { SeriesCard } from '#shared/contract/library'
import { type HangingProtocol, hang } from '#shared/domain/hanging-protocol'

/** Lays a study out as a protocol says. Panes for which nothing fits stay empty. */
export async function hangStudy(
  protocol: HangingProtocol,
  studyId: number,
  series: readonly SeriesCard[],
): Promise<void> {
  try {
    const prior = protocol.panes.some((pane) => pane.prior) ? await newestOther(studyId) : []
    const hung = hang(protocol, series, prior).map((one, at): PaneContent | null =>
      one ? { studyId: one.studyId, seriesId: one.id, preset: protocol.panes[at]?.preset ?? null } : null,
    )
    if (!hung[0]) return
    const planes = protocol.layout === 'planes'
    const layout: Layout = protocol.layout === 'planes' ? '1x1' : protocol.layout
    usePanes.setState({
      layout,
      active: 0,
      planes,
      contents: Array.from({ length: 4 }, (_, at) => hung[at] ?? null),
    })
  } catch (error) {
    toastError(error)
  }
}

async function newestOther(studyId: number): Promise<readonly SeriesCard[]> {
  const [newest] = await client.library.otherStudies({ studyId })
  return newest ? (await client.library.study({ studyId: newest.id })).series : []
}
