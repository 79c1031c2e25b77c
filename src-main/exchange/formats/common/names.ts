import type { ExportImage, ExportSet, ImageIdentity } from '../../types'

const photographs = new Set(['png', 'jpeg', 'tiff', 'webp'])

/** A photograph in a file of its own, which other programs open as it is. */
export const isPhotograph = ({ format, frames }: ImageIdentity) => photographs.has(format) && frames === 1

export type Names = (image: Pick<ExportImage, 'identity'>) => string

/**
 * A name for each image of a set, relative and with an extension: as much of the end of its path as tells it from the
 * others. DICOM frames go by SOP Instance UID and number of the frame, as pictures in PNG.
 */
export function namesFor(set: ExportSet): Names {
  const waiting = new Map<number, string[]>()
  for (const { images } of set.outline()) {
    for (const { identity, derived } of images) waiting.set(identity.imageId, partsOf(identity, derived))
  }
  const names = new Map<number, string>()
  for (let depth = 1; waiting.size > 0; depth++) {
    const sharing = Map.groupBy(waiting, ([, parts]) => parts.slice(-depth).join('/').toLowerCase())
    for (const images of sharing.values()) {
      const exhausted = images.every(([, parts]) => parts.length <= depth)
      if (images.length > 1 && !exhausted) continue
      for (const [imageId, parts] of images) {
        const name = parts.slice(-depth).join('/')
        names.set(imageId, images.length > 1 ? numbered(name, imageId) : name)
        waiting.delete(imageId)
      }
    }
  }
  return ({ identity }) =>
    names.get(identity.imageId) ?? numbered(partsOf(identity).join('/'), identity.imageId)
}

/** A name without its extension. */
export const stemOf = (name: string) => name.replace(/\.[^./]+$/, '')

const numbered = (name: string, imageId: number) => name.replace(/(\.[^./]+)$/, `_${imageId}$1`)

function partsOf(identity: ImageIdentity, derived = false): string[] {
  const parts = identity.path.split(/!?[\\/]/).flatMap((part) => safe(part))
  const file = parts.pop() ?? 'image'
  if (derived) return [...parts, `${file.replace(/\.[^.]+$/, '')}.png`]
  if (isPhotograph(identity)) return [...parts, file]
  const frame = identity.frames > 1 ? `_${String(identity.frame + 1).padStart(4, '0')}` : ''
  if (identity.instanceUid !== null) return [`${identity.instanceUid}${frame}.png`]
  return [...parts, `${file.replace(/(\.nii)?\.[^.]+$/, '')}${frame}.png`]
}

/** What every file system takes as a name; nothing that leads elsewhere. */
function safe(part: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const name = part.replaceAll(/[<>:"|?*\u0000-\u001f]/g, '_').replace(/[. ]+$/, '')
  return name === '' ? [] : [name]
}
