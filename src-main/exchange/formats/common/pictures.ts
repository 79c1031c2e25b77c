import { constants } from 'node:fs'
import { copyFile, rm, symlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder } from '#main/make-folder'
import type { ExportImage, WriteContext } from '../../types'
import { isPhotograph } from './names'

/**
 * Begins to put the picture of an image at a path: photographs as they are, or a link to them; those that lie turned in
 * their file upright; variants and frames of DICOM and NIfTI as PNG, windowed as the viewer opens them. Comes back as
 * soon as more can be begun; a picture that cannot be had is told of and leaves the rest alone.
 */
export function placePicture(
  image: ExportImage,
  path: string,
  pictures: 'copy' | 'link',
  context: WriteContext,
): Promise<void> {
  const { identity, derived } = image
  return context.beside.begin(async () => {
    try {
      await makeFolder(dirname(path))
      await rm(path, { force: true })
      if (derived || !isPhotograph(identity)) await image.write(path, { format: 'png' })
      // what other programs make of the orientation that EXIF states differs
      else if (identity.turned)
        await image.write(path, { format: identity.format === 'png' ? 'png' : 'jpeg' })
      else if (pictures === 'link') await symlink(identity.source, path)
      else await copyFile(identity.source, path, constants.COPYFILE_FICLONE)
      context.written(path)
    } catch (error) {
      if (context.signal.aborted) return
      context.failed({ path: identity.path, ...(!derived && { imageId: identity.imageId }) }, error)
    }
  })
}
