/** Cells of a table as `csvLine` writes them (RFC 4180); the apostrophe that keeps formulas asleep is taken off. */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  const start = text.startsWith('\uFEFF') ? 1 : 0
  for (cell.lastIndex = start; cell.lastIndex < text.length; ) {
    const found = cell.exec(text)
    if (!found) break
    const [, quoted, plain = '', end] = found
    line.push(awake(quoted === undefined ? plain : quoted.replaceAll('""', '"')))
    if (end === ',') continue
    lines.push(line)
    line = []
  }
  return lines
}

const awake = (text: string) => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text)
