import { contentUid } from '../../content-id'
import { type Attributes, short } from '../object/attributes'
import { codeItem, dcm, labelConcept, sct } from '../object/codes'
import { cieLab } from './cielab'
import { type Algorithm, nameOf, type Segment } from './segments'

/** Findings are changes of what is normal; a label without a code says no more than that. */
const category = sct('49755003', 'Morphologically Abnormal Structure')

/** An item of Segment Sequence (PS3.3, C.8.20.4). */
export function segmentItem(
  segment: Pick<Segment, 'number' | 'label' | 'ordinal' | 'numbered' | 'algorithm'> & {
    objectId: string | null
  },
): Attributes {
  const { number, label, algorithm, objectId } = segment
  const name = nameOf(segment)
  return {
    SegmentNumber: number,
    SegmentLabel: short(name, 64),
    SegmentDescription: short(label.name.zh === label.name.en ? label.key : label.name.zh, 64),
    SegmentedPropertyCategoryCodeSequence: [codeItem(category)],
    SegmentedPropertyTypeCodeSequence: [codeItem(labelConcept(label))],
    ...algorithmOf(algorithm),
    RecommendedDisplayCIELabValue: cieLab(label.colour),
    ...(objectId === null ? {} : { TrackingID: short(name, 64), TrackingUID: trackingUid(objectId) }),
  }
}

/** The UID under which an object is followed through segmentations and reports. */
export const trackingUid = (objectId: string) => contentUid(`object ${objectId}`)

function algorithmOf(algorithm: Algorithm): Attributes {
  if (algorithm.type === 'MANUAL') return { SegmentAlgorithmType: 'MANUAL' }
  const { type, model, version } = algorithm
  return {
    SegmentAlgorithmType: type,
    SegmentAlgorithmName: short(`${model} ${version}`, 64),
    SegmentationAlgorithmIdentificationSequence: [
      {
        AlgorithmFamilyCodeSequence: [codeItem(dcm('123110', 'Artificial Intelligence'))],
        AlgorithmName: short(model, 64),
        AlgorithmVersion: short(version, 64),
      },
    ],
  }
}
