import { useEffect, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { useSettings } from '#renderer/app/settings'
import { protocolFor } from '#shared/domain/hanging-protocol'
import type { useStudy } from '../use-study'
import { hangStudy } from './hang-study'

/** Lays a study out by the protocol that fits it when it is opened, unless the address names a series. */
export function useHanging({ studyId, study }: ReturnType<typeof useStudy>): void {
  const protocols = useSettings()?.hangingProtocols
  const [search] = useSearchParams()
  const named = search.has('series') || search.has('image')
  const detail = study.data
  const asked = useRef<number | null>(null)
  useEffect(() => {
    if (studyId === null || !detail || detail.study.id !== studyId || !protocols) return
    if (asked.current === studyId) return
    asked.current = studyId
    const protocol = named ? null : protocolFor(protocols, detail.study, detail.series)
    if (protocol) void hangStudy(protocol, studyId, detail.series)
  }, [studyId, detail, protocols, named])
}
