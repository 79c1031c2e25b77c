import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { Settings } from '#shared/contract/system'
import { api } from './api'
import { languageFor, showLanguage } from './i18n'

const STORED = 'lepton.scheme'

export const useAbout = () => useQuery(api.system.about.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))

/** The person's settings; undefined until they have been read. */
export const useSettings = (): Settings | undefined => useAbout().data?.settings

/** Saves some settings; every screen sees them at once. */
export function useSaveSettings() {
  const queries = useQueryClient()
  return useMutation(
    api.system.saveSettings.mutationOptions({
      onSuccess: (settings) => {
        queries.setQueryData(api.system.about.queryKey(), (about) => about && { ...about, settings })
      },
    }),
  )
}

const light = window.matchMedia('(prefers-color-scheme: light)')

function subscribe(changed: () => void) {
  light.addEventListener('change', changed)
  return () => light.removeEventListener('change', changed)
}

/** Light or dark, from the settings and the system; the last one until the settings have been read. */
export function useScheme(): 'light' | 'dark' {
  const settings = useSettings()
  const systemIsLight = useSyncExternalStore(subscribe, () => light.matches)
  const stored = localStorage.getItem(STORED) === 'light' ? 'light' : 'dark'
  if (!settings) return stored
  if (settings.theme === 'system') return systemIsLight ? 'light' : 'dark'
  return settings.theme
}

/** Applies language and theme whenever they change, and remembers them for the first paint of the next start. */
export function useApplySettings(scheme: 'light' | 'dark'): void {
  const language = useSettings()?.language
  useEffect(() => {
    if (language) showLanguage(languageFor(language))
  }, [language])
  useEffect(() => localStorage.setItem(STORED, scheme), [scheme])
}
