import { z } from 'zod'
import type { ImageFinder, ImageIdentity } from '../../types'
import { findPicture } from './find-picture'

/** What tells a picture of the library from others, beside the name a format gives it. */
export const pictureKey = z.object({
  path: z.string(),
  sha256: z.string().nullable(),
  uid: z.string().nullable(),
  frame: z.number().int().nonnegative(),
})
export type PictureKey = z.infer<typeof pictureKey>

export const pictureKeyOf = ({ path, sha256, instanceUid, frame }: ImageIdentity): PictureKey => ({
  path,
  sha256,
  uid: instanceUid,
  frame,
})

/** The picture of a key, else that of a name without its extension. @throws NOT_FOUND */
export function keyedPicture(
  find: ImageFinder,
  key: PictureKey | undefined,
  stem: string,
  near: string,
): ImageIdentity {
  const known =
    (key?.uid && find.byInstance(key.uid, key.frame)) ||
    // frames of one file share its hash
    (key?.sha256 && key.frame === 0 && find.byHash(key.sha256))
  return known || findPicture(find, stem, near, { stem: true })
}
