import type { Frame } from '#shared/domain/image'
import type { FrameSource } from '../types'
import { Lru } from './lru'
import { type OpenFiles, versionOf } from './open-files'

/** A decoded frame and the SHA-256 of the file it came from. */
export interface Slice {
  frame: Frame
  sha256: string
}

/** Decoded frames kept for the neighbours and the series statistics that need them again. */
const KEPT_BYTES = 16 * 1024 * 1024
/** What a small frame counts for: no more than 64 are kept. */
const LEAST_BYTES = KEPT_BYTES / 64

/** Decodes frames for scoring. Neighbouring slices share files and frames, so the last ones are kept. */
export class SliceReader {
  readonly #slices = new Lru<Promise<Slice>>(KEPT_BYTES)
  readonly #files: OpenFiles

  constructor(files: OpenFiles) {
    this.#files = files
  }

  read(source: FrameSource): Promise<Slice> {
    const key = `${source.frame} ${versionOf(source.path)}`
    const kept = this.#slices.get(key)
    if (kept) return kept
    const slice = this.#decode(source)
    this.#slices.set(key, slice, 0)
    slice.then(
      ({ frame }) => this.#slices.set(key, slice, Math.max(LEAST_BYTES, frame.data.byteLength)),
      () => this.#slices.forget(key, slice),
    )
    return slice
  }

  async #decode(source: FrameSource): Promise<Slice> {
    const instance = await this.#files.open(source.path)
    const frame = await instance.frame(source.frame)
    return { frame, sha256: instance.sha256() }
  }
}
