import { useEffect } from 'react'

/** Names the window after the place it shows. */
export function useDocumentTitle(place: string): void {
  useEffect(() => {
    document.title = place ? `${place} – Lepton Studio` : 'Lepton Studio'
  }, [place])
}
