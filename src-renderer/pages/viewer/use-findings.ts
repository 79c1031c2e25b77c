import { skipToken, useQuery } from '@tanstack/react-query'
import { api } from '#renderer/app/api'
import { usePanes } from '#renderer/viewer/state/panes'
import { useViewer } from '#renderer/viewer/state/viewer-store'

/** Runs over a series and what the chosen one found; asked for once the first picture is on the screen. */
export function useFindings(seriesId: number | undefined, wanted: number | null) {
  const planes = usePanes((state) => state.planes)
  const shown = useViewer((state) => state.drawn !== null || state.failed !== null) || planes
  const ready = shown && seriesId !== undefined
  const runs = useQuery(api.review.runs.queryOptions({ input: ready ? { seriesId } : skipToken }))
  const list = runs.data ?? []
  // a run that left vectors alone has nothing to show
  const telling = list.find(({ task }) => task !== 'embedding')
  const run = list.find(({ runId }) => runId === wanted) ?? telling ?? list[0] ?? null
  const runId = run?.runId
  const findings = useQuery(
    api.review.findings.queryOptions({
      input: ready && runId !== undefined ? { seriesId, runId } : skipToken,
    }),
  )
  return { runs, run, findings }
}
