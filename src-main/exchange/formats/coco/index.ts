import type { Format } from '../../types'
import { readCoco } from './read'
import { writeCoco } from './write'

/** COCO instances (cocodataset.org/#format-data): boxes, polygons and run lengths in one JSON file. */
export const coco: Format = {
  id: 'coco',
  fileExtensions: ['json'],
  write: writeCoco,
  read: {
    knows: (_, head) => {
      const text = new TextDecoder().decode(head)
      return (
        /^\s*\{/.test(text) &&
        /"(images|annotations|categories)"\s*:\s*\[/.test(text) &&
        !/"shapes"\s*:/.test(text) &&
        // as the list of PNG masks begins
        !/^\s*\{\s*"labels"\s*:\s*\[/.test(text)
      )
    },
    read: readCoco,
  },
}
