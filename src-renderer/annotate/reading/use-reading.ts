import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '#renderer/app/api'
import type { StudyReading } from '#shared/contract/reading'
import { showOnly, useAnnotations } from '../state/annotations'
import { onChanges } from '../sync/follow'
import { reload } from '../sync/load'

/** How far the reading of a study has come; while it is blinded, only the reader's own work is shown. */
export function useReading(studyId: number, reader: string): StudyReading | undefined {
  const queries = useQueryClient()
  const reading = useQuery(api.reading.state.queryOptions({ input: { studyId } })).data
  const saved = useAnnotations(({ save }) => save === 'saved')
  const blinded = reading?.blinded ?? false

  useEffect(() => {
    if (!reader || !blinded) return
    showOnly(studyId, reader)
    return () => {
      showOnly(studyId, null)
      void reload(studyId).catch(() => undefined)
    }
  }, [studyId, reader, blinded])

  useEffect(() => {
    const again = () => void queries.invalidateQueries({ queryKey: api.reading.key() })
    if (saved) again()
    return onChanges(again)
  }, [queries, saved])

  return reading
}
