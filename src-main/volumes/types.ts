import type { VolumeFormat } from '#shared/domain/volume-format'

/** A series as one file. */
export interface SavedVolume {
  /** Without anything that names the person. */
  name: string
  bytes: Uint8Array
}

/** Series as volumes for other programs. */
export interface Volumes {
  /**
   * Modality values of a series in one file, gzip inside or out. PET that can be is in SUV.
   * @throws NOT_FOUND, VOLUME_IRREGULAR with the reason, FORMAT_LIMIT, PIXELS_TOO_LARGE or what a frame could not be
   * read for
   */
  save(seriesId: number, format: VolumeFormat, signal?: AbortSignal): Promise<SavedVolume>
}
