import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { StudyFilter } from '#shared/contract/library'

const sorts = ['newest', 'oldest', 'subject', 'score'] as const
const outcomes = ['with', 'without', 'unscored'] as const

export type StudySort = (typeof sorts)[number]

/** What the library shows: kept in the address, so that Back from a study returns to it. */
export interface LibraryView {
  filter: StudyFilter
  sort: StudySort
  /** The files that could not be read, instead of studies. */
  problems: boolean
}

export type ViewChange = Partial<Record<'modality' | 'findings' | 'q' | 'sort' | 'show', string | null>>

/** What an address asks the library to show. */
export function viewOf(params: URLSearchParams): LibraryView {
  const modality = params.get('modality')
  const findings = outcomes.find((outcome) => outcome === params.get('findings'))
  const search = params.get('q')?.slice(0, 200)
  return {
    filter: {
      ...(modality ? { modality } : {}),
      ...(findings ? { findings } : {}),
      ...(search ? { search } : {}),
    },
    sort: sorts.find((sort) => sort === params.get('sort')) ?? 'newest',
    problems: params.get('show') === 'problems',
  }
}

export function useLibraryView(): LibraryView & { change: (change: ViewChange) => void } {
  const [params, setParams] = useSearchParams()
  return useMemo(() => {
    return {
      ...viewOf(params),
      change: (change) =>
        setParams(
          (current) => {
            const next = new URLSearchParams(current)
            for (const [key, value] of Object.entries(change)) {
              if (value === null || value === undefined) next.delete(key)
              else next.set(key, value)
            }
            return next
          },
          { replace: true },
        ),
    }
  }, [params, setParams])
}
