import { LeptonError } from '#shared/domain/fault'
import type { InstanceHeader } from '#shared/domain/image'
import type { Inspection } from '#shared/domain/inspection'
import { type OpenFile, openFile } from './byte-source'
import { directoryReferences } from './dicom/directory'
import { dicomHeader } from './dicom/header'
import { inspectDicom, refused } from './dicom/inspect'
import { openDicom } from './dicom/instance'
import { FIRST_READ, parseObject } from './dicom/parse'
import { disguiseOf } from './dicom/preamble'
import type { OpenInstance } from './instance'
import { openNifti } from './nifti/instance'
import { nrrdHeader, openNrrd } from './nrrd/instance'
import { openRaster, rasterHeader } from './raster/instance'
import { SNIFF_LENGTH, sniff } from './sniff'

export type { OpenInstance } from './instance'
export { encodePng } from './png'
export { thumbnail } from './thumbnail'

export interface ReadHeader {
  header: InstanceHeader
  sizeBytes: number
  modifiedMs: number
  /** Of photographs and volumes, which carry no identity of their own; null for DICOM. */
  sha256: string | null
  /** What a DICOM file also is to other software, by its preamble; null for nearly all. */
  disguise: string | null
}

/**
 * Reads the header of an image file, whose format is known by its content. Of DICOM files no more than the header
 * is read. Throws a LeptonError that says what is wrong with the file.
 */
export async function readHeader(path: string): Promise<ReadHeader> {
  const { source, modifiedMs } = openFile(path)
  try {
    const head = source.head(FIRST_READ)
    const format = sniff(head.subarray(0, SNIFF_LENGTH))
    const facts = { sizeBytes: source.size, modifiedMs, disguise: disguiseOf(head) }
    if (format === 'dicom') return { ...facts, header: dicomHeader(parseObject(source, head)), sha256: null }
    const header =
      format === 'nifti'
        ? openNifti(source).header
        : format === 'nrrd'
          ? nrrdHeader(source, path)
          : await rasterHeader(source, format)
    return { ...facts, header, sha256: source.sha256() }
  } finally {
    source.close()
  }
}

/** Opens an image file for its frames; to be closed after use. Throws as `readHeader` does. */
export async function openInstance(path: string): Promise<OpenInstance> {
  const file = openFile(path, { whole: true })
  try {
    return await openByFormat(file, path)
  } catch (error) {
    file.source.close()
    throw error
  }
}

async function openByFormat({ source }: OpenFile, path: string): Promise<OpenInstance> {
  const format = sniff(source.head(SNIFF_LENGTH))
  if (format === 'dicom') return openDicom(source)
  if (format === 'nrrd') return openNrrd(source, path)
  return format === 'nifti' ? openNifti(source) : openRaster(source, format)
}

/** The files a DICOMDIR names, by the components of their paths; null for anything else. */
export function readDirectory(path: string): string[][] | null {
  const { source } = openFile(path)
  try {
    return directoryReferences(parseObject(source))
  } finally {
    source.close()
  }
}

/** Looks into a DICOM object as far as it can be read; other files are named for what they are. Never throws. */
export async function inspectFile(path: string): Promise<Inspection> {
  try {
    const { source } = openFile(path, { whole: true })
    try {
      const head = source.head(SNIFF_LENGTH)
      const foreign = foreignName(head)
      if (foreign !== null) return { status: 'no-pixels', ...unstated, object: foreign }
      const disguise = disguiseOf(head)
      return { ...(await inspectDicom(source)), ...(disguise !== null && { disguise }) }
    } finally {
      source.close()
    }
  } catch (error) {
    return refused(error)
  }
}

const unstated = { transferSyntax: '', sopClass: '', modality: '', patientName: '' }

/** What a file is that is no DICOM object; null for DICOM. */
function foreignName(head: Uint8Array): string | null {
  try {
    const format = sniff(head)
    return format === 'dicom' ? null : `${format} file, not a DICOM object`
  } catch (error) {
    if (error instanceof LeptonError) return `not a DICOM object: ${error.received}`
    throw error
  }
}
