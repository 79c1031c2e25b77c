import { openFile } from '#main/imaging/byte-source'
import { Dataset, viewOf } from '#main/imaging/dicom/dataset'
import type { Element, Encoding } from '#main/imaging/dicom/encoding'
import { readElement } from '#main/imaging/dicom/encoding'
import { parseObject } from '#main/imaging/dicom/parse'
import { SNIFF_LENGTH, sniff } from '#main/imaging/sniff'
import type { PreviewLine } from '#shared/domain/deidentification'
import { joined, type Written } from './dicom/encode'
import { topLevel } from './dicom/level'
import { rewriteObject } from './dicom/rewrite-object'
import { deidentifyPlain } from './plain/deidentify-plain'
import { differences } from './preview/differences'
import type { DeidentifyTask } from './types'

/** What would change in one file, its pixels apart. Throws what de-identifying throws. */
export function previewFile({
  path,
  ...task
}: Pick<DeidentifyTask, 'path' | 'options' | 'secret'>): PreviewLine[] {
  const { source } = openFile(path, { whole: true })
  try {
    const format = sniff(source.read(0, SNIFF_LENGTH))
    if (format !== 'dicom') {
      const { report } = deidentifyPlain(source, format, task, { write: () => {} })
      return report.actions.map(({ tag, keyword, action }) => ({
        tag,
        keyword,
        action,
        before: '',
        after: '',
      }))
    }
    const { dataset, ...object } = parseObject(source)
    const { elements } = rewriteObject({ dataset, ...object }, task)
    return differences(topLevel(dataset), topLevel(datasetOf(elements, dataset.encoding)))
  } finally {
    source.close()
  }
}

/** The written elements, read again. */
function datasetOf(written: readonly Written[], encoding: Encoding): Dataset {
  const bytes = joined(written.map((element) => element.bytes))
  const elements = new Map<number, Element>()
  let at = 0
  for (const element of written) {
    elements.set(element.tag, readElement(viewOf(bytes), at, encoding))
    at += element.bytes.length
  }
  return new Dataset(bytes, encoding, elements)
}
