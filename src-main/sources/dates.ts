/** `20240131` as `2024-01-31`; null for anything else. */
export function isoDate(date: string | null | undefined): string | null {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(date?.trim() ?? '') ?? []
  return year ? `${year}-${month}-${day}` : null
}

/** `1342`, `134205.12` as `13:42`; null for anything else. */
export function isoTime(time: string | null | undefined): string | null {
  const [, hours, minutes] = /^(\d{2}):?(\d{2})/.exec(time?.trim() ?? '') ?? []
  return hours ? `${hours}:${minutes}` : null
}
