import type { Format } from '../../types'
import { readCvat } from './read'
import { writeCvat } from './write'

/** CVAT for images 1.1 (docs.cvat.ai, `annotations.xml`). */
export const cvat: Format = {
  id: 'cvat',
  fileExtensions: ['xml'],
  write: writeCvat,
  read: {
    knows: (_, head) => /<annotations[\s>]/.test(new TextDecoder().decode(head)),
    read: readCvat,
  },
}
