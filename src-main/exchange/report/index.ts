import { join } from 'node:path'
import { writeBytesAtomically, writeTextAtomically } from '#main/atomic-file'
import type { ExportSeries, ExportSet, Format, WriteContext } from '../types'
import { reportContent } from './content'
import { reportHtml } from './html'
import { reportPdf } from './pdf'
import { reportWords } from './words'

/** What readers found in each study, with key images, to be read by people: a page and a PDF. */
export const report: Format = {
  id: 'report',
  fileExtensions: [],
  async write(set, folder, context) {
    let study: ExportSeries[] = []
    for await (const series of set.series()) {
      if (study[0] && study[0].identity.studyId !== series.identity.studyId) {
        await writeStudy(set, study, folder, context)
        study = []
      }
      study.push(series)
    }
    await writeStudy(set, study, folder, context)
  },
}

async function writeStudy(
  set: ExportSet,
  study: readonly ExportSeries[],
  folder: string,
  context: WriteContext,
): Promise<void> {
  const content = await reportContent(set, study)
  if (!content || (content.findings.length === 0 && content.tags.length === 0)) return
  const { app, language = 'en', remark, signal } = context
  const { subject, study: names } = content.identity
  const name = `${subject.label} ${names.uid ?? content.identity.studyId}`.replace(/[^\p{L}\p{N}.-]+/gu, '_')
  const words = await reportWords(content, { language, app, remark, madeAt: new Date() })
  const pictures = content.findings.map(({ picture }) => picture)
  const item = { path: name }
  try {
    const page = join(folder, `${name}.html`)
    await writeTextAtomically(page, [reportHtml(words, pictures, language)])
    context.written(page)
    const pdf = join(folder, `${name}.pdf`)
    await writeBytesAtomically(pdf, await reportPdf(words, pictures))
    context.written(pdf)
  } catch (error) {
    if (signal.aborted) throw error
    context.failed(item, error)
  }
}
