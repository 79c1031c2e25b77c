import { basename } from 'node:path'
import type { Format } from '../../types'
import type { YoloTask } from './labels'
import { readYolo } from './read'
import { writeYolo } from './write'

const yolo = (id: string, task: YoloTask): Format => ({
  id,
  fileExtensions: ['yaml', 'yml'],
  write: (set, folder, context) => writeYolo(task, set, folder, context),
})

/** YOLO label files in the layout of Ultralytics (docs.ultralytics.com/datasets); every task is read from `data.yaml`. */
export const yoloFormats: readonly Format[] = [
  {
    ...yolo('yolo', 'detect'),
    read: {
      knows: (path, head) =>
        /\.ya?ml$/i.test(basename(path)) && /^names\s*:/m.test(new TextDecoder().decode(head)),
      read: readYolo,
    },
  },
  yolo('yolo-segment', 'segment'),
  yolo('yolo-obb', 'obb'),
]
