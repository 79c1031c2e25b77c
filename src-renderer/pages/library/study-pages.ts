import { keepPreviousData, type QueryClient, useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { api, client } from '#renderer/app/api'
import type { StudyCard, StudyFilter } from '#shared/contract/library'
import type { StudySort } from './library-view'

/** Studies are fetched in pages of this many, only those in sight. */
const PAGE = 100
/** For gathering ids over a whole list: the most the contract allows. */
const BULK = 500

export interface StudyQuery {
  filter: StudyFilter
  sort: StudySort
}

const pageOptions = ({ filter, sort }: StudyQuery, page: number) =>
  api.library.studies.queryOptions({
    input: { offset: page * PAGE, limit: PAGE, filter, sort },
    placeholderData: keepPreviousData,
  })

/** Asks for the first page of a view before the list is made. */
export const askForStudies = (queries: QueryClient, view: StudyQuery) =>
  queries.prefetchQuery(pageOptions(view, 0))

/** Number of studies that a view holds; with it comes the first page. */
export const useStudyTotal = (view: StudyQuery) => useQuery(pageOptions(view, 0))

/** Looks up studies by their place in the list, fetching the pages between `first` and `last`. */
export function useStudyPages(
  view: StudyQuery,
  first: number,
  last: number,
): (index: number) => StudyCard | undefined {
  const from = Math.floor(first / PAGE)
  const count = Math.floor(last / PAGE) - from + 1
  const results = useQueries({
    queries: Array.from({ length: Math.max(0, count) }, (_, place) => pageOptions(view, from + place)),
  })
  const pages = useMemo(() => results.map((result) => result.data?.items), [results])
  return useCallback((index) => pages[Math.floor(index / PAGE) - from]?.[index % PAGE], [pages, from])
}

/** Ids of the studies from place `first` to place `last` of a view, both included. */
export async function studyIdsBetween({ filter, sort }: StudyQuery, first: number, last: number) {
  const ids: number[] = []
  for (let offset = first; offset <= last; offset += BULK) {
    const limit = Math.min(BULK, last - offset + 1)
    const { items } = await client.library.studies({ offset, limit, filter, sort })
    ids.push(...items.map((study) => study.id))
    if (items.length < limit) break
  }
  return ids
}
