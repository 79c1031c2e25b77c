import { writeOut } from '../stdout'
import type { InspectedFile } from './inspect-files'

/** One JSON object by file name, written as the files come. */
export async function writeDocument(files: AsyncIterable<InspectedFile>): Promise<void> {
  let before = '{'
  for await (const { name, inspection } of files) {
    const indented = JSON.stringify(inspection, null, 2).replaceAll('\n', '\n  ')
    await writeOut([`${before}\n  ${JSON.stringify(name)}: ${indented}`])
    before = ','
  }
  await writeOut([before === '{' ? '{}\n' : '\n}\n'])
}
