import type { SourcePlace } from '#shared/domain/source'

/** Where an archive is, in a line. */
export function addressOf(place: SourcePlace): string {
  return place.kind === 'dicomweb'
    ? place.url.replace(/^https?:\/\//, '')
    : `${place.calledAe} · ${place.host}:${place.port}`
}

/** Whether a password or patient data would travel unencrypted to another computer. */
export function travelsOpenly(place: SourcePlace): boolean {
  if (place.kind === 'dimse') return !place.secure && !isHere(place.host)
  const { protocol, hostname } = new URL(place.url)
  return protocol === 'http:' && !isHere(hostname)
}

const isHere = (host: string) =>
  host === 'localhost' || host === '[::1]' || host === '::1' || host.startsWith('127.')
