const DAY_MS = 86_400_000

/**
 * Moves a DA or DT value by whole days; the time of a DT stays. Null for what is no date of at least a year, a
 * month and a day.
 */
export function shiftDate(value: string, days: number): string | null {
  const [, year, month, day, rest = ''] = value.match(/^(\d{4})\.?(\d\d)\.?(\d\d)([\d.+-]*)$/) ?? []
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day))
  if (Number.isNaN(at) || Number(month) > 12 || Number(day) > 31) return null
  const moved = new Date(at + days * DAY_MS)
  const number = (value: number, digits: number) => String(value).padStart(digits, '0')
  const date = number(moved.getUTCFullYear(), 4) + number(moved.getUTCMonth() + 1, 2)
  return date + number(moved.getUTCDate(), 2) + rest
}
