import { constants } from 'node:fs'
import { copyFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { encode } from 'fast-png'
import { thumbnail } from '#main/imaging'
import { makeFolder } from '#main/make-folder'
import type { Frame } from '#shared/domain/image'
import { initialWindow } from '#shared/pixels/initial-window'
import { displayBytes } from '#shared/pixels/voi'
import type { ExportImage, WriteContext } from '../../types'
import { isPhotograph } from './names'

/**
 * Puts the picture of an image at a path: photographs as they are, or a link to them; those that lie turned in their
 * file upright; frames of DICOM and NIfTI as PNG, windowed as the viewer opens them. A picture that cannot be had is told of and leaves the rest alone.
 */
export async function placePicture(
  image: ExportImage,
  path: string,
  pictures: 'copy' | 'link',
  context: WriteContext,
): Promise<void> {
  const { identity } = image
  try {
    await makeFolder(dirname(path))
    await rm(path, { force: true })
    if (image.derived || !isPhotograph(identity)) await writeFile(path, displayPng(await image.pixels()))
    else if (identity.turned) await writeFile(path, await upright(image))
    else if (pictures === 'link') await symlink(identity.source, path)
    else await copyFile(identity.source, path, constants.COPYFILE_FICLONE)
    context.written(path)
  } catch (error) {
    if (context.signal.aborted) throw error
    context.failed({ path: identity.path, ...(!image.derived && { imageId: identity.imageId }) }, error)
  }
}

/** The picture as annotations see it: what other programs make of its EXIF orientation differs. */
async function upright(image: ExportImage): Promise<Uint8Array> {
  const frame = await image.pixels()
  if (image.identity.format === 'png') return displayPng(frame)
  return (await thumbnail(frame, Math.max(frame.rows, frame.columns))).bytes
}

/** A frame as the viewer opens it, 8 bit; grey frames can be had in three equal channels. */
export function displayPng(frame: Frame, channels: 1 | 3 = frame.samples): Uint8Array {
  const { rows, columns, samples } = frame
  const shown = samples === 3 ? frame.data : displayBytes(frame, initialWindow(frame))
  const spread = channels > samples ? channels : 1
  const data = new Uint8Array(rows * columns * Math.max(channels, samples))
  for (let i = 0; i < data.length; i++) data[i] = shown[Math.floor(i / spread)] ?? 0
  const picture = {
    width: columns,
    height: rows,
    data,
    channels: Math.max(channels, samples),
    depth: 8 as const,
  }
  return encode(picture, { zlib: { level: 1 } })
}
