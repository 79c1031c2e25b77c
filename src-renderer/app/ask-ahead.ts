import type { QueryClient } from '@tanstack/react-query'
import { viewOf } from '#renderer/pages/library/library-view'
import { askForStudies } from '#renderer/pages/library/study-pages'
import { api } from './api'

/** Asks for what the first screen shows while the screen itself is still being made. */
export function askAhead(queries: QueryClient, { pathname, search }: Location): void {
  void queries.prefetchQuery(api.system.about.queryOptions())
  if (pathname !== '/') return
  void askForStudies(queries, viewOf(new URLSearchParams(search)))
  void queries.prefetchQuery(api.library.overview.queryOptions())
}
