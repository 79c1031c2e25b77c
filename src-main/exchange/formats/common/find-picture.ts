import { LeptonError } from '#shared/domain/fault'
import type { ImageFinder, ImageIdentity } from '../../types'

const uidName = /^((?:\d+\.)+\d+?)(?:_(\d{4,}))?$/

/** The image a file names, as `namesFor` or another program named it. @throws NOT_FOUND */
export function findPicture(
  find: ImageFinder,
  name: string,
  near: string,
  more: { sha256?: string | undefined; stem?: boolean } = {},
): ImageIdentity {
  const file = name.split(/[\\/]/).at(-1) ?? ''
  const [, uid, frame] = uidName.exec(more.stem ? file : file.replace(/\.[^.]+$/, '')) ?? []
  const image =
    (uid && find.byInstance(uid, frame ? Number(frame) - 1 : 0)) ||
    (more.sha256 && find.byHash(more.sha256)) ||
    find.byPath(name, { near, stem: more.stem ?? false })
  if (image) return image
  throw new LeptonError('NOT_FOUND', {
    expected: 'a picture of the library',
    received: name,
    remedy: 'Take the pictures in first; of several of one name, the path must tell which.',
  })
}

/** Holds a file's size of a picture against the picture's own. @throws INPUT_INVALID */
export function sameSize(image: ImageIdentity, columns: number, rows: number): void {
  if (image.columns === columns && image.rows === rows) return
  throw new LeptonError('INPUT_INVALID', {
    expected: `${image.columns} x ${image.rows} pixels, as ${image.path} has`,
    received: `${columns} x ${rows}`,
  })
}
