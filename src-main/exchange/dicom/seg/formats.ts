import type { Format } from '../../types'
import { writeEachSeries } from '../each-series'
import { writeObject } from '../object/write'
import { binarySeg } from './binary'
import { fractionalSeg } from './fractional'

/** DICOM Segmentation, a file for each series: objects as segments. */
export const seg: Format = {
  id: 'seg',
  fileExtensions: ['*'],
  write: (set, folder, context) =>
    writeEachSeries(set, folder, context, async function* (series, source) {
      const object = binarySeg(series, set, source, context.app)
      if (object) yield { name: fileName('SEG', object), bytes: await bytesOf(object) }
    }),
}

/** The same with the probabilities of the model. */
export const segFractional: Format = {
  id: 'seg-fractional',
  fileExtensions: ['dcm'],
  write: (set, folder, context) =>
    writeEachSeries(set, folder, context, async function* (series, source) {
      const object = fractionalSeg(series, set, source, context.app)
      if (object) yield { name: fileName('SEG', object), bytes: await bytesOf(object) }
    }),
}

type Written = NonNullable<ReturnType<typeof fractionalSeg>>

const bytesOf = ({ attributes, pixels }: Written) => writeObject(attributes, { bytes: pixels })

const fileName = (kind: string, { attributes }: Written) => `${kind}.${attributes.SOPInstanceUID}`
