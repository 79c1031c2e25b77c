import type { texts } from '#shared/text'

export type FormatId = keyof (typeof texts)['en']['exchange']['format']
export type FormatGroup = keyof (typeof texts)['en']['exchange']['export']['group']

/** Formats as a person looks for them. */
export const formatGroups: readonly { group: FormatGroup; ids: readonly FormatId[] }[] = [
  { group: 'report', ids: ['report'] },
  { group: 'dicom', ids: ['seg', 'sr', 'sc', 'seg-fractional'] },
  {
    group: 'photographs',
    ids: ['coco', 'yolo', 'yolo-segment', 'yolo-obb', 'voc', 'labelme', 'cvat', 'label-studio'],
  },
  { group: 'volumes', ids: ['nnunet', 'png', 'csv', 'parquet'] },
]
