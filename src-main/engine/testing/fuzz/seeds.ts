import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Transformer } from '@napi-rs/image'
import { niftiFile } from '#main/imaging/nifti/write'

const side = 24

/** Small whole files of every format besides DICOM, made afresh; returns their paths. */
export async function writeSeeds(folder: string): Promise<string[]> {
  const rgba = Uint8Array.from({ length: side * side * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 7) % 256))
  const picture = () => Transformer.fromRgbaPixels(rgba, side, side)
  const voxels = Int16Array.from({ length: side * side * 4 }, (_, at) => at % 900)
  const nifti = niftiFile(
    voxels,
    [side, side, 4],
    [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 2, 0],
    ],
  )
  const nrrd = Buffer.from(
    `NRRD0004\ntype: short\ndimension: 3\nsizes: ${side} ${side} 4\nencoding: raw\nendian: little\n\n`,
  )
  const raw = Buffer.from(voxels.buffer)
  const zippedNrrd = Buffer.from(nrrd.toString('latin1').replace('raw', 'gzip'), 'latin1')
  const files: Record<string, Uint8Array> = {
    'seed.png': await picture().png(),
    'seed.jpg': await picture().jpeg(85),
    'seed.webp': await picture().webp(80),
    'seed-lossless.webp': await picture().webpLossless(),
    'seed.tif': await picture().tiff(),
    'seed.nii': nifti,
    'seed.nii.gz': gzipSync(nifti),
    'seed.nrrd': Buffer.concat([nrrd, raw]),
    'seed-zipped.nrrd': Buffer.concat([zippedNrrd, gzipSync(raw)]),
  }
  return Object.entries(files).map(([name, bytes]) => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  })
}
