import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Engine } from '#main/engine/types'
import { type Affine, niftiFile } from '#main/imaging/nifti/write'
import { nrrdHead } from '#main/imaging/nrrd/write'
import type { Library } from '#main/library/types'
import { LeptonError } from '#shared/domain/fault'
import type { VolumeFormat } from '#shared/domain/volume-format'
import { type VolumeGrid, volumeOfStack } from '#shared/geometry/volume-grid'
import type { SavedVolume, Volumes } from './types'
import { voxelsOf } from './voxels'

const zipped = promisify(gzip)
/** Most of what gzip can do for voxels, in a third of the time of its default. */
const level = 3

interface VolumesDeps {
  library: Pick<Library, 'seriesImages' | 'imageSource' | 'header'>
  engine: Pick<Engine, 'frame'>
}

export function createVolumes({ library, engine }: VolumesDeps): Volumes {
  return {
    async save(seriesId: number, format: VolumeFormat, signal?: AbortSignal): Promise<SavedVolume> {
      const images = library.seriesImages(seriesId)
      const { grid, order } = volumeOfStack(images)
      const imageAt = (slice: number) => {
        const image = images[order[slice] ?? -1]
        if (!image) throw new LeptonError('NOT_FOUND', { received: `slice ${slice + 1}` })
        return image
      }
      const frameAt = (slice: number) => engine.frame(library.imageSource(imageAt(slice).id), signal)
      const voxels = await voxelsOf(grid.size, frameAt, signal)
      const { series } = library.header(imageAt(0).id)
      const name = nameOf(seriesId, series.description)
      if (format === 'nifti') {
        const bytes = await zipped(niftiFile(voxels, grid.size, affineOf(grid)), { level })
        return { name: `${name}.nii.gz`, bytes }
      }
      const bytes = new Uint8Array(voxels.buffer, voxels.byteOffset, voxels.byteLength)
      const parts = [nrrdHead(voxels, grid), await zipped(bytes, { level })]
      return { name: `${name}.nrrd`, bytes: Buffer.concat(parts) }
    },
  }
}

/** Voxel indices to RAS millimetres: DICOM runs to the left and to the back, NIfTI to the right and to the front. */
function affineOf({ origin, steps: [i, j, k] }: VolumeGrid): Affine {
  return [
    [0 - i[0], 0 - j[0], 0 - k[0], 0 - origin[0]],
    [0 - i[1], 0 - j[1], 0 - k[1], 0 - origin[1]],
    [i[2], j[2], k[2], origin[2]],
  ]
}

/** `7-T1-axial`; letters and numbers of any script, for every file system. */
function nameOf(seriesId: number, description: string | null): string {
  const words = (description ?? '').replace(/[^\p{L}\p{N}_]+/gu, '-').replace(/^-+|-+$/g, '')
  return [seriesId, words.slice(0, 80)].filter(Boolean).join('-')
}
