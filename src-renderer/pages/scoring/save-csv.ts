import { type Cell, csvLine } from '#shared/csv'

/** Lets a person keep a table as a CSV file; led by a byte order mark, so that spreadsheets read names rightly. */
export function saveCsv(name: string, lines: readonly (readonly Cell[])[]): void {
  const text = `\uFEFF${lines.map(csvLine).join('')}`
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name.replaceAll(/[\\/:*?"<>|]/g, '_')
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
