import type { Format } from '../../types'
import { writeEachSeries } from '../each-series'
import { writeObject } from '../object/write'
import { binarySeg } from '../seg/binary'
import { buildReport } from './build'

/**
 * DICOM Structured Report, a file for each series: measurements and evaluations (TID 1500). Masks lie in a segmentation
 * that the report refers to; where `seg` is not written anyway, it is written beside the report.
 */
export const sr: Format = {
  id: 'sr',
  fileExtensions: ['*'],
  write: (set, folder, context) =>
    writeEachSeries(set, folder, context, async function* (series, source) {
      const seg = binarySeg(series, set, source, context.app)
      const report = await buildReport(series, set, source, seg, context.app)
      if (!report) return
      if (seg && report.needsSeg && !context.formats.includes('seg')) {
        const { attributes, pixels } = seg
        const bytes = await writeObject(attributes, { bytes: pixels })
        yield { name: `SEG.${attributes.SOPInstanceUID}`, bytes }
      }
      const { attributes } = report
      yield { name: `SR.${attributes.SOPInstanceUID}`, bytes: await writeObject(attributes) }
    }),
}
