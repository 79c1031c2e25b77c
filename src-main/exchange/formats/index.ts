import type { Format } from '../types'
import { coco } from './coco'
import { cvat } from './cvat'
import { labelStudio } from './label-studio'
import { labelMe } from './labelme'
import { pngMasks } from './masks'
import { nnUnet } from './nnunet'
import { csv } from './tables/csv'
import { parquet } from './tables/parquet'
import { voc } from './voc'
import { yoloFormats } from './yolo'

/** Formats for photographs and volumes that other annotation tools read and write. */
export const plainFormats: readonly Format[] = [
  coco,
  ...yoloFormats,
  voc,
  labelMe,
  cvat,
  labelStudio,
  nnUnet,
  pngMasks,
  csv,
  parquet,
]
