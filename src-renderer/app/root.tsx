import './styles'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { BrowserRouter } from 'react-router'
import { AppRoutes } from './app-routes'
import { followLive } from './live'
import { queryClient } from './query-client'
import { useApplySettings, useScheme } from './settings'
import { listenForShortcuts } from './shortcuts'
import { cssVariables, theme } from './theme'

/** The whole window: data, theme and language around the routes. */
export function Root() {
  useEffect(() => followLive(queryClient), [])
  useEffect(() => listenForShortcuts(), [])
  return (
    <QueryClientProvider client={queryClient}>
      <Themed>
        <BrowserRouter>
          <AppRoutes />
        </BrowserRouter>
      </Themed>
    </QueryClientProvider>
  )
}

function Themed({ children }: { children: ReactNode }) {
  const scheme = useScheme()
  useApplySettings(scheme)
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} forceColorScheme={scheme}>
      {children}
    </MantineProvider>
  )
}
