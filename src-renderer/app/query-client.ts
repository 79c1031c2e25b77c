import { QueryClient } from '@tanstack/react-query'

/**
 * Everything is answered by this computer: requests go out whether or not there is a network, nothing is
 * retried behind the person's back, and lists grow old by the library's own change events, not by the clock.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, staleTime: 60_000, refetchOnWindowFocus: false },
    mutations: { networkMode: 'always', retry: false },
  },
})
