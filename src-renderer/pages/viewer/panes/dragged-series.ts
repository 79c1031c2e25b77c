import { z } from 'zod'
import type { PaneContent } from '#renderer/viewer/state/panes'

const type = 'application/x-lepton-series'
const dragged = z.object({ studyId: z.number().int(), seriesId: z.number().int() })

/** Puts a series into the hand. */
export function dragSeries(transfer: DataTransfer, content: PaneContent): void {
  transfer.setData(type, JSON.stringify(content))
  transfer.effectAllowed = 'copy'
}

export const holdsSeries = (transfer: DataTransfer): boolean => transfer.types.includes(type)

/** The series in the hand; null where it holds something else. */
export function droppedSeries(transfer: DataTransfer): PaneContent | null {
  const text = transfer.getData(type)
  const parsed = text ? dragged.safeParse(JSON.parse(text)) : null
  return parsed?.success ? parsed.data : null
}
