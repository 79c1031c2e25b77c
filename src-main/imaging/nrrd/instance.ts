import { basename, dirname, join } from 'node:path'
import { LeptonError } from '#shared/domain/fault'
import type { InstanceHeader } from '#shared/domain/image'
import { type ByteSource, openFile } from '../byte-source'
import type { OpenInstance } from '../instance'
import { openVolume, type VolumeFile } from '../volume-instance'
import { invalid, NRRD_HEADER_MOST } from './fields'
import { type NrrdHeader, readNrrdHeader } from './header'

/**
 * Opens a NRRD volume, its voxels behind the header or in a file beside it, plain or gzip. Throws NRRD_INVALID,
 * PIXELS_TOO_LARGE, or FILE_NOT_FOUND where the file beside it is missing.
 */
export const openNrrd = (file: ByteSource, path: string): OpenInstance =>
  openVolume(file, volumeIn(file, path))

/** The header alone. Throws as `openNrrd` does. */
export function nrrdHeader(file: ByteSource, path: string): InstanceHeader {
  const volume = volumeIn(file, path)
  try {
    return openVolume(file, volume).header
  } finally {
    if (volume.voxels !== file) volume.voxels.close()
  }
}

function volumeIn(file: ByteSource, path: string): VolumeFile {
  const header = readNrrdHeader(file.read(0, NRRD_HEADER_MOST))
  const { dataFile, headerBytes, size, volumes, datatype, zipped, byteSkip } = header
  const voxels = dataFile === null ? file : openFile(beside(path, dataFile)).source
  const start = (dataFile === null ? headerBytes : 0) + lineSkipped(voxels, header)
  const bytes = (size[0] * size[1] * size[2] * volumes * datatype.samples * datatype.bits) / 8
  const fromEnd = byteSkip === -1
  if (byteSkip < -1 || (zipped && fromEnd))
    throw invalid('voxels that begin at a known place', `byte skip ${byteSkip}`)
  return {
    ...header,
    format: 'nrrd',
    slope: 1,
    intercept: 0,
    windows: [],
    voxels,
    zippedFrom: zipped ? start : null,
    offset: fromEnd ? Math.max(0, voxels.size - bytes) : zipped ? byteSkip : start + byteSkip,
  }
}

/** A file in the folder of the header; nowhere else, whatever the header says. */
function beside(path: string, name: string): string {
  if (name === 'LIST' || /^LIST\b|%/.test(name) || /\s\d+\s\d+/.test(name)) {
    throw invalid('one file with all voxels', name)
  }
  if (name !== basename(name) || name.includes('\\') || name === '..' || name.includes('\0')) {
    throw new LeptonError('PATH_REFUSED', {
      expected: 'a file in the folder of the header',
      received: name,
    })
  }
  return join(dirname(path), name)
}

/** Bytes of the lines that are to be left out before the voxels. */
function lineSkipped(voxels: ByteSource, { lineSkip, headerBytes, dataFile }: NrrdHeader): number {
  const from = dataFile === null ? headerBytes : 0
  const bytes = lineSkip > 0 ? voxels.read(from, NRRD_HEADER_MOST) : new Uint8Array()
  let at = 0
  for (let line = 0; line < lineSkip; line += 1) {
    const end = bytes.indexOf(0x0a, at)
    if (end < 0) throw invalid(`${lineSkip} lines before the voxels`, `${line}`)
    at = end + 1
  }
  return at
}
